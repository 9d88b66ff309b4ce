'use client';

import { Fragment } from 'react';
import { Dialog, DialogBody } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { useBoundShortcuts } from '@/components/ui/use-shortcut';
import type { Place } from './places';

type Row = { keys: readonly string[]; text: string };

/** What the letters of this page do, where they do anything. */
const PAGE_ROWS: ReadonlyArray<{ bound: string; row: Row }> = [
  { bound: 'c', row: { keys: ['C'], text: 'Create what the page lists' } },
  { bound: '/', row: { keys: ['/'], text: 'Search the list' } },
  { bound: 'f', row: { keys: ['F'], text: 'Add a filter' } },
];

const ROW_ROWS: readonly Row[] = [
  { keys: ['J'], text: 'Next row' },
  { keys: ['K'], text: 'Previous row' },
  { keys: ['↵'], text: 'Open the row' },
];
const SELECT_ROWS: readonly Row[] = [
  { keys: ['X'], text: 'Select the row' },
  { keys: ['Esc'], text: 'Clear the selection' },
];

/** The shortcuts that there are: those of this page as they are bound now, and no others. */
export function ShortcutsDialog({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const ofPage = pageRowsOf(useBoundShortcuts());
  const everywhere: Row[] = [
    { keys: [modifierKey(), 'K'], text: 'Search or jump to' },
    { keys: ['Tab'], text: 'There: actions on the chosen key' },
    { keys: ['⌫'], text: 'There: back to all results' },
    { keys: ['F8'], text: 'To the messages, such as for Undo' },
    { keys: ['?'], text: 'Keyboard shortcuts' },
  ];
  const goTo = places.flatMap(({ item, letter }): Row[] =>
    letter ? [{ keys: ['G', letter.toUpperCase()], text: item.label }] : [],
  );
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Keyboard shortcuts"
      description="Single keys rest while you type, and while a dialog or a menu is open."
      size="lg"
    >
      <DialogBody label="Shortcuts">
        <div className="grid gap-x-10 gap-y-5 md:grid-cols-2">
          <div className="flex flex-col gap-5">
            <Rows title="Everywhere" rows={everywhere} />
            {ofPage.length > 0 && <Rows title="On this page" rows={ofPage} />}
          </div>
          {goTo.length > 0 && <Rows title="Go to, one after the other" rows={goTo} />}
        </div>
      </DialogBody>
    </Dialog>
  );
}

function pageRowsOf(bound: readonly string[]): Row[] {
  const hasRows = document.querySelector('tr[data-row-id]') !== null;
  const canSelect = document.querySelector('tr[data-row-id] input[type="checkbox"]') !== null;
  return [
    ...PAGE_ROWS.filter((one) => bound.includes(one.bound)).map(({ row }) => row),
    ...(hasRows ? ROW_ROWS : []),
    ...(canSelect ? SELECT_ROWS : []),
  ];
}

/** As the keyboard at hand names it. */
export function modifierKey(): string {
  return /Mac|iP(hone|ad|od)/.test(navigator.platform) ? '⌘' : 'Ctrl';
}

function Rows({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-xs font-medium text-fg-2">{title}</h3>
      <dl>
        {rows.map(({ keys, text }) => (
          <div
            key={text}
            className="flex items-center justify-between gap-4 border-b border-line py-[5px] last:border-b-0"
          >
            <dt>{text}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Fragment key={key}>
                  <Kbd>{key}</Kbd>
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
