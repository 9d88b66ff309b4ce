import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { SectionHeader } from '@/components/ui/section';
import type { Attention } from './attention';

const SHOWN_MAX = 6;

/** What wants an answer, the worst first, each with its reason and a way to the answer. */
export function AttentionList({ items, moreHref }: { items: readonly Attention[]; moreHref: string }) {
  const shown = items.slice(0, SHOWN_MAX);
  return (
    <>
      <SectionHeader title="Needs attention" hint={items.length > 0 && `${items.length} open`} isInFlush />
      {items.length === 0 && (
        <p className="flex items-center gap-2 px-(--page-x) pb-5 text-fg-2">
          <CircleCheck size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-ok" />
          Nothing is blocked, near a limit or about to expire.
        </p>
      )}
      <ul className="-mt-1.5">
        {shown.map((item) => (
          <li key={item.id} className="border-b border-line last:border-b-0">
            <Link
              href={item.href}
              className="group flex items-start gap-2.5 px-(--page-x) py-[7px] -outline-offset-2! hover:bg-hover max-md:min-h-11 max-md:py-3"
            >
              {item.tone === 'act' ? (
                <CircleAlert size={16} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 flex-none text-danger" />
              ) : (
                <TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 flex-none text-warn" />
              )}
              <span className="min-w-0 flex-1">
                <span className="flex justify-between gap-3">
                  <span className="truncate font-medium" title={item.title}>
                    {item.title}
                  </span>
                  <span className="flex-none text-xs leading-5 text-fg-2 group-hover:text-accent group-hover:underline">
                    {item.step}
                  </span>
                </span>
                <span className="block text-xs text-pretty text-fg-2">{item.reason}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {items.length > shown.length && (
        <p className="px-(--page-x) py-2 text-xs">
          <Link href={moreHref} className="link">{`${items.length - shown.length} more`}</Link>
        </p>
      )}
    </>
  );
}
