'use client';

import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { formatCount } from '@/components/format/number';
import { Link } from '@/components/ui/link';

/** The values of one field in a popover of filters. */
export function FilterGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="not-first:mt-1.5 not-first:border-t not-first:border-line not-first:pt-1">
      <h2 id={id} className="px-2 pt-1.5 pb-1 text-2xs font-medium text-fg-3">
        {label}
      </h2>
      <ul>{children}</ul>
    </section>
  );
}

type FilterLinkProps = {
  href: string;
  isChosen: boolean;
  count?: number | undefined;
  onChoose: () => void;
  children: string;
};

export function FilterLink({ href, isChosen, count, onChoose, children }: FilterLinkProps) {
  return (
    <li>
      <Link
        href={href}
        onClick={onChoose}
        aria-current={isChosen ? 'true' : undefined}
        className="flex min-h-7 items-center gap-2 rounded-sm px-2 hover:bg-hover focus-visible:outline-offset-[-2px] max-md:min-h-11"
      >
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count !== undefined && <span className="text-xs text-fg-3">{formatCount(count)}</span>}
        <Check
          size={14}
          strokeWidth={1.9}
          aria-hidden="true"
          className={isChosen ? 'flex-none text-fg-2' : 'invisible flex-none'}
        />
      </Link>
    </li>
  );
}
