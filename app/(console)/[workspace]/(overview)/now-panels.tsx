import { ArrowRight } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button-link';
import { SectionHeader } from '@/components/ui/section';
import { forecastOf } from '@/lib/analytics/overview';
import type { Call } from '@/lib/core/call';
import { Unread } from '@/lib/entry/unread';
import type { Workspace } from '@/lib/workspaces/contract';
import type { Role } from '@/lib/workspaces/policy';
import { UnreadPanel } from '../unread-panel';
import { listAttention } from './attention';
import { AttentionList } from './attention-list';
import { BooksLine, BooksPanel } from './books-panel';
import { LimitsList } from './limits-list';
import type { OverviewPage } from './read-page';

/*
 * The panels of how things stand now, whatever the period. Each is read apart from the figures, and fails alone.
 */

type PanelProps = { workspace: Workspace; call: Call; page: OverviewPage };

export function NeedsAttention({ workspace, call, page, periodWords }: PanelProps & { periodWords: string }) {
  const { budgets, keys, overview } = page;
  const unread = [budgets, keys].find((read) => read instanceof Unread);
  if (budgets instanceof Unread || keys instanceof Unread) {
    return (
      <>
        <SectionHeader title="Needs attention" isInFlush />
        <UnreadPanel title="What needs attention could not be read" reference={unread?.reference ?? ''} />
      </>
    );
  }
  const items = listAttention({
    slug: workspace.slug,
    now: call.now,
    canWrite: call.scopes.has('keys:write'),
    budgets,
    forecastNanoUsd: forecastOf(overview, workspace.includeByokInBudgets),
    keys: keys.attention,
    weekSpend: keys.weekSpend,
    unpricedRequests: overview.shares.total.sums.unpriced,
    periodWords,
  });
  return <AttentionList items={items} moreHref={`/${workspace.slug}/keys?status=blocked,near_limit,expires_soon`} />;
}

type BooksOf = Pick<OverviewPage, 'books'>;

/** On narrow screens, where the panel comes later. One that could not be read says so there. */
export function BooksInALine({ books, zone, now }: BooksOf & { zone: string; now: Date }) {
  return books instanceof Unread ? null : <BooksLine last={books.last} zone={zone} now={now} />;
}

type BooksProps = PanelProps & { role: Role; hasCheckFailed: boolean };

export function Books({ workspace, role, call, page, hasCheckFailed }: BooksProps) {
  const { books, overview } = page;
  if (books instanceof Unread) {
    return (
      <>
        <SectionHeader title="Books" />
        <UnreadPanel title="The state of the books could not be read" reference={books.reference} />
      </>
    );
  }
  return (
    <BooksPanel
      slug={workspace.slug}
      hasFailed={hasCheckFailed}
      last={books.last}
      entries={overview.eventsRecorded}
      openHolds={books.openHolds}
      readOnlyReason={role === 'viewer' ? `You are a viewer in ${workspace.name}. Ask an admin to check.` : null}
      zone={workspace.timeZone}
      now={call.now}
    />
  );
}

export function ClosestToLimit({ slug, keys }: { slug: string } & Pick<OverviewPage, 'keys'>) {
  return (
    <>
      <SectionHeader
        title="Closest to their limit"
        aside={
          <ButtonLink
            size="sm"
            variant="ghost"
            href={`/${slug}/keys?sort=limit_used`}
            trailingIcon={<ArrowRight size={14} strokeWidth={1.9} aria-hidden="true" />}
            className="-my-1 -mr-2"
          >
            All limits
          </ButtonLink>
        }
      />
      {keys instanceof Unread ? (
        <UnreadPanel title="The limits could not be read" reference={keys.reference} />
      ) : (
        <LimitsList slug={slug} keys={keys.limits} />
      )}
    </>
  );
}
