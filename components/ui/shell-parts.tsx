import { Ellipsis, Search } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { Avatar } from './avatar';
import { Kbd } from './kbd';

type ShellButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> | undefined };

/** Opens the command palette from the sidebar. */
export function ShellSearchButton({
  label = 'Search or jump to',
  shortcut = '⌘K',
  ...button
}: ShellButtonProps & { label?: string; shortcut?: string }) {
  return (
    <button
      type="button"
      {...button}
      title={label}
      className="mt-2 mb-3 flex h-8 w-full flex-none items-center gap-2 rounded-md pr-1.5 pl-[9px] text-left text-fg-3 hover:bg-hover hover:text-fg-2 sidebar-collapsed:justify-center sidebar-collapsed:px-0"
    >
      <Search size={15} strokeWidth={1.75} aria-hidden="true" className="flex-none" />
      <span className="flex-1 truncate sidebar-collapsed:sr-only">{label}</span>
      <span aria-hidden="true" className="inline-flex sidebar-collapsed:hidden">
        <Kbd>{shortcut}</Kbd>
      </span>
    </button>
  );
}

/** Who is signed in; as the trigger of a menu. */
export function AccountButton({ name, ...button }: ShellButtonProps & { name: string }) {
  return (
    <button
      type="button"
      {...button}
      title={name}
      className="flex w-full items-center gap-[9px] rounded-md px-[9px] py-1.5 text-left hover:bg-hover max-md:min-h-11 sidebar-collapsed:justify-center sidebar-collapsed:px-0"
    >
      <Avatar name={name} />
      <span className="min-w-0 flex-1 truncate text-xs text-fg-2 sidebar-collapsed:sr-only">{name}</span>
      <Ellipsis
        size={14}
        strokeWidth={1.9}
        aria-hidden="true"
        className="flex-none text-fg-3 sidebar-collapsed:hidden"
      />
    </button>
  );
}
