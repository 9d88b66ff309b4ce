import type { Metadata } from 'next';
import { formatDaysShort } from '@/components/format/time';
import { SegmentedLinks } from '@/components/ui/segmented';
import { ToolBar, TopBar } from '@/components/ui/top-bar';
import { type Period, resolvePeriod } from '@/lib/analytics/period';
import { AppError } from '@/lib/core/errors';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { requireSession, type Session } from '@/lib/entry/session';
import { Unread } from '@/lib/entry/unread';
import { CreateKeyButton } from '../keys/create-key-button';
import { KeyDialogsProvider } from '../keys/key-dialogs';
import { KeysPlaceProvider } from '../keys/keys-place';
import { readPlace } from '../keys/read-place';
import { LiveFreshness, ShortFreshness } from '../live-freshness';
import { PRESET_LABELS } from '../period-params';
import { PeriodPicker } from '../period-picker';
import { RefusedQuestion } from '../refused-question';
import { UnreadPanel } from '../unread-panel';
import { FAILED_PARAMETER } from './books-form';
import { CompareMenu } from './compare-menu';
import { FirstUsage } from './first-usage';
import { type OverviewParams, overviewHref, readOverviewParams } from './overview-params';
import { OVERVIEW_PERIOD } from './overview-period';
import { OverviewSheet } from './overview-sheet';
import { type OverviewPage, readOverviewPage } from './read-page';

export const metadata: Metadata = { title: 'Overview' };

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function OverviewOfWorkspace({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace, role } = session;
  const given = await searchParams;
  const chosen = readOverviewParams(given);
  const [page, place] = await Promise.all([readOrRefuse(session, chosen), readPlace(session)]);
  if (page instanceof AppError) return <RefusedOverview session={session} chosen={chosen} message={page.message} />;
  const isEmpty = page.overview.eventsRecorded === 0n;
  const controls = <Controls session={session} chosen={chosen} period={page.period} />;
  return (
    <KeysPlaceProvider place={place}>
      <KeyDialogsProvider>
        <TopBar
          title="Overview"
          freshness={<LiveFreshness now={call.now} zone={workspace.timeZone} />}
          actions={
            <>
              {!isEmpty && <div className="flex items-center gap-2.5 max-xl:hidden">{controls}</div>}
              <CreateKeyButton />
            </>
          }
          mobileActions={<CreateKeyButton isIconOnly />}
        />
        {isEmpty ? (
          <NoUsage session={session} keys={page.keys} />
        ) : (
          <>
            <div className="xl:hidden">
              <ToolBar label="Period">
                {controls}
                <span className="ml-auto md:hidden">
                  <ShortFreshness now={call.now} zone={workspace.timeZone} />
                </span>
              </ToolBar>
            </div>
            <OverviewSheet
              workspace={workspace}
              role={role}
              call={call}
              chosen={chosen}
              page={page}
              hasCheckFailed={given[FAILED_PARAMETER] !== undefined}
            />
          </>
        )}
      </KeyDialogsProvider>
    </KeysPlaceProvider>
  );
}

function NoUsage({ session: { call, workspace }, keys }: { session: Session; keys: OverviewPage['keys'] }) {
  if (keys instanceof Unread) {
    return <UnreadPanel title="The keys could not be read" reference={keys.reference} headingLevel={2} />;
  }
  return (
    <FirstUsage
      slug={workspace.slug}
      baseUrl={publicBaseUrl()}
      keyCount={Object.values(keys.byStatus).reduce((sum, count) => sum + count, 0)}
      canWrite={call.scopes.has('keys:write')}
    />
  );
}

/** The page, or why its question is too large to be answered. */
async function readOrRefuse(session: Session, chosen: OverviewParams) {
  try {
    return await readOverviewPage(session, chosen);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return error;
    throw error;
  }
}

function RefusedOverview({ session, chosen, message }: { session: Session; chosen: OverviewParams; message: string }) {
  const { call, workspace } = session;
  const period = resolvePeriod(chosen.period, workspace.timeZone, call.now);
  return (
    <>
      <TopBar title="Overview" />
      <ToolBar label="Period">
        <Controls session={session} chosen={chosen} period={period} />
      </ToolBar>
      <RefusedQuestion
        message={message}
        suggestions={(['90d', OVERVIEW_PERIOD] as const).map((preset) => ({
          label: PRESET_LABELS[preset],
          href: overviewHref(workspace.slug, chosen, { period: { kind: 'preset', preset } }),
        }))}
      />
    </>
  );
}

const ENVIRONMENTS = [
  { value: null, label: 'All keys' },
  { value: 'live', label: 'Live' },
  { value: 'test', label: 'Test' },
] as const;

type ControlsProps = { session: Session; chosen: OverviewParams; period: Period };

function Controls({ session: { call, workspace }, chosen, period }: ControlsProps) {
  const { slug, timeZone } = workspace;
  return (
    <>
      <SegmentedLinks
        label="Environment"
        options={ENVIRONMENTS.map(({ value, label }) => ({
          label,
          href: overviewHref(slug, chosen, { environment: value }),
          isCurrent: chosen.environment === value,
        }))}
      />
      <PeriodPicker
        name={chosen.period}
        from={period.from}
        to={period.to}
        zone={timeZone}
        now={call.now}
        fallback={OVERVIEW_PERIOD}
      />
      <CompareMenu
        words={formatDaysShort(period.previous.from, period.previous.to, timeZone)}
        isCompared={chosen.isCompared}
        onHref={overviewHref(slug, chosen, { isCompared: true })}
        offHref={overviewHref(slug, chosen, { isCompared: false })}
      />
    </>
  );
}
