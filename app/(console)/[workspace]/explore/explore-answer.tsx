import { ChartNoAxesColumn } from 'lucide-react';
import { formatDate, formatDateRange } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import type { Dimension } from '@/lib/analytics/contract';
import { nameOfRange } from '@/lib/analytics/period';
import { AppError } from '@/lib/core/errors';
import { wallTime, zonedBucket } from '@/lib/core/zone';
import type { Session } from '@/lib/entry/session';
import { Unread } from '@/lib/entry/unread';
import { STATUS_FILTERS } from '@/lib/exports/contract';
import { exportsHref } from '../exports/exports-params';
import { PRESET_LABELS } from '../period-params';
import { RefusedQuestion } from '../refused-question';
import { UnreadPanel } from '../unread-panel';
import { EXPLORE_PERIOD, type ExploreParams, exploreHref } from './explore-params';
import { ExploreSheet } from './explore-sheet';
import type { readHidden } from './explore-view';
import { ExploreViewProvider } from './explore-view-provider';
import type { Explored } from './read-explore';

type AnswerProps = {
  session: Session;
  chosen: ExploreParams;
  explored: Explored | AppError | Unread;
  hidden: ReturnType<typeof readHidden>;
};

/** What the question comes to, or why there is no answer to it. */
export function ExploreAnswer({ session: { call, workspace }, chosen, explored, hidden }: AnswerProps) {
  const { slug, timeZone: zone } = workspace;
  if (explored instanceof Unread) {
    return <UnreadPanel title="The figures could not be read" reference={explored.reference} headingLevel={2} />;
  }
  if (explored instanceof AppError) {
    return <RefusedQuestion message={explored.message} suggestions={smallerQuestions(slug, chosen)} />;
  }
  if (explored.breakdown.whole.requests === 0n) {
    return <NoUsage slug={slug} zone={zone} params={chosen} explored={explored} />;
  }
  return (
    <ExploreViewProvider hidden={hidden}>
      <ExploreSheet
        slug={slug}
        zone={zone}
        params={chosen}
        explored={explored}
        exportsHref={call.scopes.has('usage:export') ? eventsExportHref(slug, chosen, explored, zone) : null}
      />
    </ExploreViewProvider>
  );
}

/** Questions that take less to answer, the nearest first. */
function smallerQuestions(slug: string, params: ExploreParams) {
  return [
    ...(params.thenBy === null
      ? []
      : [{ label: 'Without the second group', href: exploreHref(slug, params, { thenBy: null }) }]),
    ...(params.every === null ? [] : [{ label: 'Longer buckets', href: exploreHref(slug, params, { every: null }) }]),
    {
      label: PRESET_LABELS[EXPLORE_PERIOD],
      href: exploreHref(slug, params, { period: { kind: 'preset', preset: EXPLORE_PERIOD }, every: null }),
    },
  ];
}

type NoUsageProps = { slug: string; zone: string; params: ExploreParams; explored: Explored };

/** Nothing to show: because nothing was ever recorded, nothing in this period, or nothing that the filters leave. */
function NoUsage({ slug, zone, params, explored: { span, period } }: NoUsageProps) {
  const icon = <ChartNoAxesColumn size={18} strokeWidth={1.75} aria-hidden="true" />;
  if (span === null) {
    return (
      <EmptyState
        icon={icon}
        headingLevel={2}
        title="Nothing to explore yet"
        actions={
          <ButtonLink size="sm" href={`/${slug}`}>
            Record the first usage
          </ButtonLink>
        }
      >
        The first request that is recorded shows here at once, by key, endpoint, model and more.
      </EmptyState>
    );
  }
  const isFiltered = params.filters.length > 0;
  const around = {
    from: new Date(zonedBucket(zone, 'day', span.from.getTime()).start),
    to: new Date(zonedBucket(zone, 'day', span.to.getTime()).end),
  };
  return (
    <EmptyState
      icon={icon}
      headingLevel={2}
      title={`No usage in ${formatDateRange(period.from, period.to, zone)}`}
      actions={
        <>
          {isFiltered && (
            <ButtonLink size="sm" href={exploreHref(slug, params, { filters: [] })}>
              Clear filters
            </ButtonLink>
          )}
          <ButtonLink size="sm" href={exploreHref(slug, params, { period: nameOfRange(around, zone), every: null })}>
            Show all time
          </ButtonLink>
        </>
      }
    >
      {isFiltered ? 'No request in this period is left by the filters. ' : ''}
      {`The workspace has usage from ${formatDate(span.from, zone)} to ${formatDate(span.to, zone)}.`}
    </EmptyState>
  );
}

/** Where the events behind the figures are made into a file: of the same days, and narrowed in the same way where that can be. */
function eventsExportHref(slug: string, { filters }: ExploreParams, { period }: Explored, zone: string): string {
  const valuesOf = (dimension: Dimension) =>
    filters.find((filter) => filter.dimension === dimension && !filter.isExcluded)?.values ?? [];
  const named = (dimension: Dimension) => valuesOf(dimension).map((value) => value ?? '(none)');
  const only = (dimension: Dimension) => (valuesOf(dimension).length === 1 ? (valuesOf(dimension)[0] ?? null) : null);
  const environment = only('environment');
  const status = only('status_class');
  const day = (at: number) => new Date(wallTime(zone, at)).toISOString().slice(0, 10);
  return exportsHref(slug, {
    format: 'usage-events',
    days: { first: day(period.from.getTime()), last: day(period.to.getTime() - 1) },
    keys: valuesOf('key').flatMap((value) => value ?? []),
    models: named('model'),
    endpoints: named('endpoint'),
    environment: environment === 'live' || environment === 'test' ? environment : null,
    status: STATUS_FILTERS.find((filter) => filter === `${status}xx`) ?? null,
    owner: only('owner'),
    tag: only('tag'),
  });
}
