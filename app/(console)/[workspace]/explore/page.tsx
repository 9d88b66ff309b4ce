import { ChartNoAxesColumn, Download } from 'lucide-react';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { formatDate, formatDateRange } from '@/components/format/time';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { ButtonLink } from '@/components/ui/button-link';
import { Chip } from '@/components/ui/chip';
import { EmptyState } from '@/components/ui/empty-state';
import { TopBar } from '@/components/ui/top-bar';
import type { Dimension } from '@/lib/analytics/contract';
import { nameOfRange, resolvePeriod } from '@/lib/analytics/period';
import { AppError } from '@/lib/core/errors';
import { wallTime, zonedBucket } from '@/lib/core/zone';
import { requireSession } from '@/lib/entry/session';
import { STATUS_FILTERS } from '@/lib/exports/contract';
import { listSavedViews } from '@/lib/saved-views/queries';
import { exportsHref } from '../exports/exports-params';
import { LiveFreshness } from '../live-freshness';
import { PRESET_LABELS } from '../period-params';
import { RefusedQuestion } from '../refused-question';
import type { SearchParams } from '../search-params';
import { CopyLink } from './copy-link';
import { EXPLORE_PERIOD, type ExploreParams, exploreCsvHref, exploreHref, exploreQuery } from './explore-params';
import { ExploreSheet } from './explore-sheet';
import { ExploreToolbar } from './explore-toolbar';
import { EXPLORE_VIEW_COOKIE, readHidden } from './explore-view';
import { ExploreViewProvider } from './explore-view-provider';
import { exploreTitle } from './explore-words';
import { MobileMenu } from './mobile-menu';
import { type Explored, readOrRefuse } from './read-explore';
import { readExploreParams } from './read-explore-params';
import { SavedViewsProvider, SaveView, ViewsMenu } from './saved-views';

export const metadata: Metadata = { title: 'Explore' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

export default async function ExplorePage({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace } = session;
  const { slug, timeZone: zone } = workspace;
  const chosen = readExploreParams(await searchParams);
  const [explored, saved] = await Promise.all([readOrRefuse(session, chosen), listSavedViews(call, workspace.id)]);
  const hidden = readHidden((await cookies()).get(EXPLORE_VIEW_COOKIE)?.value);
  const views = saved.map(({ id, name, createdBy, query }) => ({
    id,
    name,
    createdBy,
    href: `/${slug}/explore?${new URLSearchParams([...new URLSearchParams(query), ['view', id]])}`,
  }));
  const current = views.find(({ id }) => id === chosen.viewId) ?? null;
  const kept = saved.find(({ id }) => id === chosen.viewId)?.query;
  const isChanged = kept !== undefined && kept !== new URLSearchParams(exploreQuery(chosen)).toString();
  const isRefused = explored instanceof AppError;
  const period = isRefused ? resolvePeriod(chosen.period, zone, call.now) : explored.period;
  const hasUsage = !isRefused && explored.breakdown.whole.requests > 0n;
  const keyNames = new Map(isRefused ? [] : [...explored.facts].map(([hash, { name }]) => [hash, name]));
  const exportButton = (isIconOnly: boolean) =>
    hasUsage && (
      <ButtonLink
        size="sm"
        href={exploreCsvHref(slug, chosen)}
        download=""
        icon={<Download size={14} strokeWidth={1.9} aria-hidden="true" />}
        {...(isIconOnly ? { variant: 'ghost' } : {})}
      >
        {isIconOnly ? 'CSV' : 'Export CSV'}
      </ButtonLink>
    );
  return (
    <SavedViewsProvider
      slug={slug}
      params={chosen}
      views={views}
      current={current}
      isChanged={isChanged}
      readOnlyReason={call.scopes.has('keys:write') ? null : 'Only admins save views: everybody here sees them.'}
    >
      <TopBar
        crumbs={<Crumbs slug={slug} params={chosen} viewName={current?.name ?? null} isChanged={isChanged} />}
        freshness={<LiveFreshness now={call.now} zone={zone} />}
        actions={
          <>
            <CopyLink />
            {exportButton(false)}
            <SaveView />
          </>
        }
        mobileActions={
          <>
            {exportButton(true)}
            <MobileMenu />
          </>
        }
      />
      <ExploreToolbar slug={slug} params={chosen} period={period} zone={zone} now={call.now} keyNames={keyNames} />
      {isRefused ? (
        <RefusedQuestion message={explored.message} suggestions={smallerQuestions(slug, chosen)} />
      ) : hasUsage ? (
        <ExploreViewProvider hidden={hidden}>
          <ExploreSheet
            slug={slug}
            zone={zone}
            params={chosen}
            explored={explored}
            exportsHref={call.scopes.has('usage:export') ? eventsExportHref(slug, chosen, explored, zone) : null}
          />
        </ExploreViewProvider>
      ) : (
        <NoUsage slug={slug} zone={zone} params={chosen} explored={explored} />
      )}
    </SavedViewsProvider>
  );
}

type CrumbsProps = { slug: string; params: ExploreParams; viewName: string | null; isChanged: boolean };

/** The page, or the saved view that it was opened from. */
function Crumbs({ slug, params, viewName, isChanged }: CrumbsProps) {
  return (
    <>
      {viewName === null ? (
        <>
          <h1 className="text-md font-semibold tracking-[-0.01em] max-md:text-lg">Explore</h1>
          <span className="truncate text-xs text-fg-3 max-lg:hidden">{exploreTitle(params)}</span>
        </>
      ) : (
        <Breadcrumbs crumbs={[{ label: 'Explore', href: `/${slug}/explore` }]} current={viewName} />
      )}
      <ViewsMenu />
      {isChanged && (
        <span className="max-md:hidden">
          <Chip>Unsaved changes</Chip>
        </span>
      )}
    </>
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
