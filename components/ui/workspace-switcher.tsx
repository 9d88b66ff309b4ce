'use client';

import { ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Tile } from './avatar';
import { type SwitcherAction, type SwitcherItem, SwitcherList } from './switcher-list';

type WorkspaceSwitcherProps = {
  items: readonly SwitcherItem[];
  currentId: string;
  /** Under the current name in the button. */
  currentHint?: string | undefined;
  heading?: string | undefined;
  headingAside?: string | undefined;
  searchLabel?: string | undefined;
  /** Below the list, such as "Create workspace". */
  actions?: readonly SwitcherAction[] | undefined;
  /** `tile` is the small button of the mobile top bar. */
  variant?: 'box' | 'tile' | undefined;
};

/** A list to search and to walk with the arrow keys; ⌘⇧O or Ctrl⇧O opens it. Every entry is a link. */
export function WorkspaceSwitcher(props: WorkspaceSwitcherProps) {
  const { items, currentId, currentHint, searchLabel = 'Find a workspace', variant = 'box' } = props;
  const [isOpen, setIsOpen] = useState(false);
  const current = items.find((item) => item.id === currentId);
  useEffect(() => {
    if (variant === 'tile') return;
    function onKeyDown(event: globalThis.KeyboardEvent) {
      if (event.key.toLowerCase() !== 'o' || !event.shiftKey || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setIsOpen(true);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [variant]);
  const name = current?.name ?? searchLabel;
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        {variant === 'tile' ? (
          <button type="button" className="flex rounded-md">
            <Tile name={name} size={28} />
            <span className="sr-only">{name}, switch</span>
          </button>
        ) : (
          <button
            type="button"
            className="flex h-11 w-full flex-none items-center gap-[9px] rounded-md border border-line bg-surface px-2 text-left shadow-xs hover:border-line-strong data-[state=open]:border-line-strong sidebar-collapsed:h-10 sidebar-collapsed:justify-center sidebar-collapsed:border-transparent sidebar-collapsed:bg-transparent sidebar-collapsed:px-0 sidebar-collapsed:shadow-none"
          >
            <Tile name={name} />
            <span className="min-w-0 flex-1 sidebar-collapsed:sr-only">
              <span className="block truncate leading-4 font-medium">{name}</span>
              {currentHint && <span className="block truncate text-2xs leading-[14px] text-fg-3">{currentHint}</span>}
            </span>
            <ChevronsUpDown
              size={14}
              strokeWidth={1.9}
              aria-hidden="true"
              className="flex-none text-fg-3 sidebar-collapsed:hidden"
            />
          </button>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={searchLabel}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="float-in z-(--z-dialog) flex max-h-(--radix-popover-content-available-height) w-[392px] max-w-[calc(100vw-16px)] flex-col overflow-hidden rounded-lg bg-overlay p-1.5 shadow-popover outline-none"
        >
          <SwitcherList {...props} searchLabel={searchLabel} onFollow={() => setIsOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
