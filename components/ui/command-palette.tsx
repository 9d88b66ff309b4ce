'use client';

import { Dialog as RadixDialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { Command, CommandGroup } from './command';
import { CommandField, type CommandStep } from './command-field';
import { CommandList } from './command-list';
import { Kbd } from './kbd';
import { isStepBack, isStepIn } from './step-keys';

type CommandPaletteProps<One extends Command> = {
  query: string;
  onQuery: (query: string) => void;
  groups: readonly CommandGroup<One>[];
  onRun: (command: One) => void;
  onClose: () => void;
  /** Where it looks, such as the workspace's name. */
  place?: string | undefined;
  isBusy?: boolean | undefined;
  /** In the place of the list where nothing matches, or what went wrong. */
  message?: string | null | undefined;
  footer?: ReactNode;
  /** Tab, or → at the end of what was typed, on a command that can be stepped into. */
  onStepInto?: ((command: One) => void) | undefined;
  /** It is a step further: what was stepped into, and the way back by Backspace or ← before anything that was typed. */
  step?: CommandStep | undefined;
};

/** One field for everything: typing filters, the arrows move, Enter runs, Esc closes. The field keeps the focus. */
export function CommandPalette<One extends Command>(props: CommandPaletteProps<One>) {
  const { query, onQuery, groups, onRun, onClose, place, isBusy = false, message, footer } = props;
  const { onStepInto, step } = props;
  const fieldLabel = step?.fieldLabel ?? 'Search or jump to';
  const id = useId();
  const idOf = (command: One) => `${id}-${command.id}`;
  const commands = groups.flatMap((group) => group.commands);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [steppedFromId, setSteppedFromId] = useState<string | null>(null);
  // What comes later, from the server, does not move the choice; a choice that is gone gives way to the first.
  const active = commands.find((command) => command.id === chosenId) ?? commands[0];

  function onKeyDown(event: KeyboardEvent) {
    const at = active ? commands.indexOf(active) : 0;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % Math.max(1, commands.length),
      ArrowUp: (at - 1 + commands.length) % Math.max(1, commands.length),
      PageDown: commands.length - 1,
      PageUp: 0,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      setChosenId(commands[target]?.id ?? null);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (active) onRun(active);
    } else if (active?.canStepInto && onStepInto && isStepIn(event)) {
      event.preventDefault();
      stepInto(active);
    } else if (step && isStepBack(event)) {
      event.preventDefault();
      stepBack();
    }
  }

  function stepInto(command: One) {
    setSteppedFromId(command.id);
    setChosenId(null);
    onStepInto?.(command);
  }

  function stepBack() {
    setChosenId(steppedFromId);
    step?.onBack();
  }

  return (
    <RadixDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="scrim" />
        <RadixDialog.Content
          className="palette"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(`${id}-input`)?.focus();
          }}
        >
          <RadixDialog.Title className="sr-only">{fieldLabel}</RadixDialog.Title>
          <CommandField
            id={`${id}-input`}
            label={fieldLabel}
            listId={`${id}-list`}
            activeId={active && idOf(active)}
            hasOptions={commands.length > 0}
            query={query}
            onQuery={(next) => {
              onQuery(next);
              setChosenId(null);
            }}
            onKeyDown={onKeyDown}
            place={place}
            step={step && { ...step, onBack: stepBack }}
          />
          <div className="min-h-0 flex-1 overflow-y-auto p-[7px]" aria-busy={isBusy}>
            {message && (
              <p role="status" className="px-2.5 py-3 text-fg-2">
                {message}
              </p>
            )}
            <CommandList
              id={`${id}-list`}
              idOf={idOf}
              groups={groups}
              query={query}
              active={active}
              onPoint={({ id: pointedAt }) => setChosenId(pointedAt)}
              onRun={onRun}
              onStepInto={onStepInto && stepInto}
            />
          </div>
          <PaletteFooter isStep={step !== undefined} canStepInto={active?.canStepInto ?? false}>
            {footer}
          </PaletteFooter>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

type FooterProps = { isStep: boolean; canStepInto: boolean; children: ReactNode };

/** What the keys do. */
function PaletteFooter({ isStep, canStepInto, children }: FooterProps) {
  return (
    <footer className="flex flex-none items-center gap-4 border-t border-line bg-sunken px-[18px] py-2 text-xs text-fg-3 max-md:hidden">
      <span className="flex items-center gap-1">
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
        <span className="ml-1">Move</span>
      </span>
      <span className="flex items-center gap-2">
        <Kbd>↵</Kbd> {isStep ? 'Run' : 'Open'}
      </span>
      {isStep && (
        <span className="flex items-center gap-2">
          <Kbd>⌫</Kbd> Back
        </span>
      )}
      {canStepInto && (
        <span className="flex items-center gap-2">
          <Kbd>Tab</Kbd> Actions
        </span>
      )}
      <span className="ml-auto">{children}</span>
    </footer>
  );
}
