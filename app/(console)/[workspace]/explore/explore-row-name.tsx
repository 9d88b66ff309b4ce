import { SeriesDot } from '@/components/charts/legend';
import { Link } from '@/components/ui/link';
import type { ExploreRow } from './explore-rows';

/** What a line is about, which leads into it. */
export function ExploreRowName({ row, href }: { row: ExploreRow; href: string | null }) {
  const name = (
    <span className={`truncate ${row.isInner ? 'text-fg-2' : 'font-medium'}`} title={row.name}>
      {row.name}
    </span>
  );
  return (
    <span className={`flex min-w-0 items-center gap-2 ${row.isInner ? 'pl-4' : ''}`}>
      {!row.isInner && <SeriesDot slot={row.slot} />}
      {href === null ? (
        name
      ) : (
        <Link href={href} className="flex min-w-0 rounded-xs hover:underline hover:underline-offset-3">
          {name}
        </Link>
      )}
    </span>
  );
}
