import type { Metadata } from 'next';
import { resolvePeriod } from '@/lib/analytics/period';
import { AppError } from '@/lib/core/errors';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { orUnread, Unread } from '@/lib/entry/unread';
import { listOpenHolds } from '@/lib/holds/queries';
import { EXPLORE_DEFAULT, type ExploreParams, exploreCsvHref, exploreHref } from '../../../explore/explore-params';
import { PRESET_LABELS } from '../../../period-params';
import { RefusedQuestion } from '../../../refused-question';
import { UnreadPanel } from '../../../unread-panel';
import { KeyFrame, tabHref } from './key-frame';
import { type KeyPageStart, type KeyParams, readKeyPage, readKeyTitle } from './read-key-page';
import { readKeyUsage } from './usage/read-usage';
import { UnusedKey } from './usage/unused-key';
import { readUsageParams, USAGE_PERIOD, type UsageParams, usageHref } from './usage/usage-params';
import { UsageSheet } from './usage/usage-sheet';
import { UsageToolbar } from './usage/usage-toolbar';

type Props = {
  params: KeyParams;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readKeyTitle(params) };
}

export default async function KeyUsagePage({ params, searchParams }: Props) {
  const start = await readKeyPage(params);
  const { session, keyOf, place, row } = start;
  const { call } = session;
  if (keyOf.requests === 0n) {
    const holds = await orUnread(call, listOpenHolds(call, keyOf));
    const count = holds instanceof Unread ? null : holds.count;
    return (
      <KeyFrame start={start} tab="usage">
        <UnusedKey start={start} baseUrl={publicBaseUrl()} holds={count} />
      </KeyFrame>
    );
  }
  const chosen = readUsageParams(await searchParams);
  const page = await orUnread(call, readOrRefuse(start, chosen));
  const base = tabHref(place.slug, row.hash, 'usage');
  const toolbar = { base, params: chosen, zone: place.timeZone, now: call.now };
  if (page instanceof Unread) {
    return (
      <KeyFrame start={start} tab="usage">
        <UsageToolbar {...toolbar} period={resolvePeriod(chosen.period, place.timeZone, call.now)} />
        <UnreadPanel title="The usage could not be read" reference={page.reference} headingLevel={2} />
      </KeyFrame>
    );
  }
  if (page instanceof AppError) {
    return (
      <KeyFrame start={start} tab="usage">
        <UsageToolbar {...toolbar} period={resolvePeriod(chosen.period, place.timeZone, call.now)} />
        <RefusedQuestion
          message={page.message}
          suggestions={(['90d', USAGE_PERIOD] as const).map((preset) => ({
            label: PRESET_LABELS[preset],
            href: usageHref(base, chosen, { period: { kind: 'preset', preset } }),
          }))}
        />
      </KeyFrame>
    );
  }
  const question: ExploreParams = {
    ...EXPLORE_DEFAULT,
    by: 'model',
    period: chosen.period,
    isCompared: chosen.isCompared,
    filters: [{ dimension: 'key', values: [row.hash] }],
  };
  return (
    <KeyFrame start={start} tab="usage">
      <UsageToolbar
        {...toolbar}
        exploreHref={exploreHref(place.slug, question)}
        csvHref={exploreCsvHref(place.slug, question)}
        period={page.period}
        granularity={page.granularity}
        granularities={page.granularities}
      />
      <UsageSheet start={start} chosen={chosen} page={page} />
    </KeyFrame>
  );
}

/** The page, or why its question is too large to be answered. */
async function readOrRefuse(start: KeyPageStart, chosen: UsageParams) {
  try {
    return await readKeyUsage(start, chosen);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return error;
    throw error;
  }
}
