import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

type DisclosureProps = {
  title: string;
  hint?: ReactNode;
  aside?: ReactNode;
  isOpen?: boolean | undefined;
  children: ReactNode;
};

/** The last part of a dialog's body, folded: what few need. It spans the body from edge to edge. */
export function Disclosure({ title, hint, aside, isOpen, children }: DisclosureProps) {
  return (
    <details open={isOpen} className="group -mx-6 -mb-5 border-t border-line max-md:-mx-4">
      <summary className="flex list-none items-center gap-2 px-6 py-3 -outline-offset-2! max-md:px-4 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          strokeWidth={1.9}
          aria-hidden="true"
          className="flex-none text-fg-3 transition-transform duration-fast group-open:rotate-90"
        />
        <span className="font-medium">{title}</span>
        {hint && <span className="min-w-0 flex-1 truncate text-fg-3">{hint}</span>}
        {aside && <span className="ml-auto flex-none text-xs text-fg-3">{aside}</span>}
      </summary>
      <div className="flex flex-col gap-[18px] px-6 pt-1 pb-5 max-md:px-4">{children}</div>
    </details>
  );
}
