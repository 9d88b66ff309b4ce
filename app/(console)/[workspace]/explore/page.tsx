import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { ButtonLink } from '@/components/ui/button-link';
import { Chip } from '@/components/ui/chip';
import { TopBar } from '@/components/ui/top-bar';
import { resolvePeriod } from '@/lib/analytics/period';
import { AppError } from '@/lib/core/errors';
import { requireSession } from '@/lib/entry/session';
import { orUnread, readOr, Unread } from '@/lib/entry/unread';
import { listSavedViews } from '@/lib/saved-views/queries';
import { LiveFreshness } from '../live-freshness';
import type { SearchParams } from '../search-params';
import { CopyLink } from './copy-link';
import { ExploreAnswer } from './explore-answer';
import { type ExploreParams, exploreCsvHref, exploreQuery } from './explore-params';
import { ExploreToolbar } from './explore-toolbar';
import { EXPLORE_VIEW_COOKIE, readHidden } from './explore-view';
import { exploreTitle } from './explore-words';
import { MobileMenu } from './mobile-menu';
import { readOrRefuse } from './read-explore';
import { readExploreParams } from './read-explore-params';
import { SavedViewsProvider, SaveView, ViewsMenu } from './saved-views';

export const metadata: Metadata = { title: 'Explore' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

export default async function ExplorePage({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace } = session;
  const { slug, timeZone: zone } = workspace;
  const chosen = readExploreParams(await searchParams);
  const [explored, found] = await Promise.all([
    orUnread(call, readOrRefuse(session, chosen)),
    orUnread(call, listSavedViews(call, workspace.id)),
  ]);
  const saved = readOr(found, []);
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
  const answer = explored instanceof AppError || explored instanceof Unread ? null : explored;
  const period = answer?.period ?? resolvePeriod(chosen.period, zone, call.now);
  const hasUsage = answer !== null && answer.breakdown.whole.requests > 0n;
  const keyNames = new Map([...(answer?.facts ?? [])].map(([hash, { name }]) => [hash, name]));
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
      isUnread={found instanceof Unread}
      readOnlyReason={
        !call.scopes.has('keys:write')
          ? 'Only admins save views: everybody here sees them.'
          : found instanceof Unread
            ? 'The saved views could not be read. Reload the page.'
            : null
      }
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
      <ExploreAnswer session={session} chosen={chosen} explored={explored} hidden={hidden} />
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
