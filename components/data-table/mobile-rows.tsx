'use client';

import { type ReactNode, useId, useRef } from 'react';
import { CheckMark } from '../ui/checkbox';
import { joinClasses } from '../ui/class-names';
import { Link } from '../ui/link';

type MobileRowEntry = {
  id: string;
  name: string;
  href: string | undefined;
  content: ReactNode;
  isSelected: boolean;
  isMuted: boolean;
  onToggle: () => void;
};

type MobileRowsProps = { label: string; rows: readonly MobileRowEntry[]; canSelect: boolean; isSelecting: boolean };

const longPressMs = 500;

/** Below 768px: the same rules, two lines a row. A long press selects the first row; then boxes appear. */
export function MobileRows({ label, rows, canSelect, isSelecting }: MobileRowsProps) {
  const listId = useId();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasLong = useRef(false);
  function press(row: MobileRowEntry) {
    wasLong.current = false;
    if (!canSelect || isSelecting) return;
    timer.current = setTimeout(() => {
      wasLong.current = true;
      row.onToggle();
    }, longPressMs);
  }
  const release = () => clearTimeout(timer.current);
  return (
    <ul aria-label={label} className="md:hidden">
      {rows.map((row) => (
        <li
          key={row.id}
          className={joinClasses(
            'flex items-start border-b border-line',
            row.isSelected && 'bg-selected',
            row.isMuted && 'text-fg-3',
          )}
        >
          {isSelecting && (
            <label htmlFor={`${listId}-${row.id}`} className="grid size-11 flex-none place-items-center pl-2">
              <CheckMark
                id={`${listId}-${row.id}`}
                aria-label={`Select ${row.name}`}
                checked={row.isSelected}
                onChange={row.onToggle}
              />
            </label>
          )}
          <MobileRowLink
            href={row.href}
            onPointerDown={() => press(row)}
            onPointerUp={release}
            onPointerLeave={release}
            onPointerCancel={release}
            onContextMenu={(event) => canSelect && event.preventDefault()}
            onClick={(event) => {
              if (!isSelecting && !wasLong.current) return;
              event.preventDefault();
              if (!wasLong.current) row.onToggle();
            }}
            className={joinClasses('block min-h-11 min-w-0 flex-1 px-4 py-3 -outline-offset-2!', isSelecting && 'pl-1')}
          >
            {row.content}
          </MobileRowLink>
        </li>
      ))}
    </ul>
  );
}

function MobileRowLink({
  href,
  className,
  children,
  ...rest
}: Omit<Parameters<typeof Link>[0], 'href'> & { href: string | undefined }) {
  if (href === undefined) return <div className={className}>{children}</div>;
  return (
    <Link {...rest} href={href} className={className}>
      {children}
    </Link>
  );
}
