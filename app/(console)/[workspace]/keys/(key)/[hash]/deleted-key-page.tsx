import { Trash2 } from 'lucide-react';
import { formatMoment } from '@/components/format/time';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { TopBar } from '@/components/ui/top-bar';
import type { Session } from '@/lib/entry/session';
import type { DeletedKey } from '@/lib/keys/queries/find-deleted-key';
import { EXPLORE_DEFAULT, exploreHref } from '../../../explore/explore-params';

type DeletedKeyPageProps = { session: Session; deleted: DeletedKey };

/** A key that is gone: since when, and where what it did is still told. */
export function DeletedKeyPage({ session: { call, workspace }, deleted }: DeletedKeyPageProps) {
  const { slug, timeZone } = workspace;
  return (
    <>
      <TopBar crumbs={<Breadcrumbs crumbs={[{ label: 'Keys', href: `/${slug}/keys` }]} current={deleted.name} />} />
      <div className="py-10">
        <EmptyState
          icon={<Trash2 size={18} strokeWidth={1.75} aria-hidden="true" />}
          title="This key was deleted"
          headingLevel={2}
          actions={
            <>
              <ButtonLink
                size="sm"
                href={exploreHref(slug, EXPLORE_DEFAULT, {
                  by: 'model',
                  period: { kind: 'preset', preset: '90d' },
                  filters: [{ dimension: 'key', values: [deleted.hash] }],
                })}
              >
                See what it spent
              </ButtonLink>
              <ButtonLink size="sm" variant="ghost" href={`/${slug}/audit?subject=${deleted.hash}`}>
                See who deleted it
              </ButtonLink>
            </>
          }
        >
          {deleted.name} has refused every request since {formatMoment(deleted.deletedAt, call.now, timeZone)}. What it
          spent stays on the books.
        </EmptyState>
      </div>
    </>
  );
}
