'use client';

import { Check, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Tile } from './avatar';
import { CountBadge } from './chip';
import { joinClasses } from './class-names';
import { Kbd } from './kbd';
import { Link } from './link';

export type SwitcherItem = {
  id: string;
  name: string;
  /** Under the name, such as "46 keys". */
  hint?: string | undefined;
  href: string;
  hotCount?: number | undefined;
  /** At the right, 118 wide, such as spend and its meter. */
  aside?: ReactNode;
};

export type SwitcherAction = { label: string; href: string; icon: ReactNode; aside?: ReactNode };

type SwitcherListProps = {
  items: readonly SwitcherItem[];
  currentId: string;
  heading?: string | undefined;
  headingAside?: string | undefined;
  searchLabel: string;
  actions?: readonly SwitcherAction[] | undefined;
  onFollow: () => void;
};

/** The field keeps the focus; the list follows it, as in any combobox. */
export function SwitcherList(props: SwitcherListProps) {
  const { items, currentId, heading, headingAside, searchLabel, actions = [], onFollow } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const needle = typed.trim().toLowerCase();
  const matches = items.filter((item) => item.name.toLowerCase().includes(needle));
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const count = Math.max(1, matches.length);
      setActive((active + step + count) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('[data-active]')?.click();
    }
  }
  return (
    <>
      <label className="flex h-9 flex-none items-center gap-2 px-2 text-fg-3">
        <Search size={15} strokeWidth={1.75} aria-hidden="true" className="flex-none" />
        <span className="sr-only">{searchLabel}</span>
        <input
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          placeholder={searchLabel}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={matches[active] ? `${id}-${matches[active].id}` : undefined}
          autoComplete="off"
          spellCheck={false}
          className="min-w-0 flex-1 bg-transparent text-fg outline-none! max-md:text-lg"
        />
        <span aria-hidden="true" className="inline-flex max-md:hidden">
          <Kbd>⌘⇧O</Kbd>
        </span>
      </label>
      <div className="-mx-1.5 mt-1 mb-1.5 h-px flex-none bg-line" />
      {(heading || headingAside) && (
        <div className="flex flex-none justify-between px-2 pt-0.5 pb-1 text-2xs text-fg-3">
          <span className="font-medium">{heading}</span>
          <span>{headingAside}</span>
        </div>
      )}
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label={searchLabel}
        className="min-h-0 overflow-y-auto"
      >
        {matches.length === 0 && <p className="px-2 py-3 text-fg-3">Nothing named “{typed.trim()}”</p>}
        {matches.map((item, index) => (
          <Link
            key={item.id}
            id={`${id}-${item.id}`}
            href={item.href}
            role="option"
            tabIndex={-1}
            aria-selected={item.id === currentId}
            data-active={index === active ? '' : undefined}
            onMouseMove={() => setActive(index)}
            onClick={onFollow}
            className={joinClasses(
              'flex min-h-12 items-center gap-[9px] rounded-sm px-2 py-1.5',
              index === active && 'bg-pressed',
            )}
          >
            <Tile name={item.name} size={26} isCurrent={item.id === currentId} />
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-1.5">
                <span className="truncate font-medium">{item.name}</span>
                {item.hotCount ? <CountBadge count={item.hotCount} isHot /> : null}
              </span>
              {item.hint && <span className="block truncate text-xs text-fg-3">{item.hint}</span>}
            </span>
            {item.aside && <span className="w-[118px] flex-none text-xs">{item.aside}</span>}
            <Check
              size={16}
              strokeWidth={1.75}
              aria-hidden="true"
              className={item.id === currentId ? 'flex-none' : 'invisible flex-none'}
            />
          </Link>
        ))}
      </div>
      {actions.length > 0 && <div className="-mx-1.5 my-1.5 h-px flex-none bg-line" />}
      {actions.map((action) => (
        <Link
          key={action.href}
          href={action.href}
          onClick={onFollow}
          className="flex min-h-8 flex-none items-center gap-[9px] rounded-sm px-2 py-[5px] hover:bg-hover max-md:min-h-11 [&>svg]:text-fg-3"
        >
          {action.icon}
          <span className="flex-1">{action.label}</span>
          {action.aside && <span className="mr-[25px] text-xs text-fg-3">{action.aside}</span>}
        </Link>
      ))}
    </>
  );
}
