import type { ReactNode } from 'react';
import { Link } from '../ui/link';

/** The two-line cell that names a row: a link, and a hint in mono below. */
export function NameCell({
  name,
  href,
  hint,
  mark,
}: {
  name: string;
  href: string;
  hint?: ReactNode;
  mark?: ReactNode;
}) {
  return (
    <div className="min-w-0 whitespace-nowrap">
      <div className="flex items-center gap-1.5">
        <Link
          href={href}
          data-row-link=""
          title={name}
          className="truncate rounded-xs font-medium text-fg hover:underline hover:underline-offset-3"
        >
          {name}
        </Link>
        {mark}
      </div>
      {hint && <div className="truncate font-mono text-2xs leading-[15px] tracking-[-0.01em] text-fg-3">{hint}</div>}
    </div>
  );
}
