import type { Metadata } from 'next';
import { RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { keepSeriesSlots } from '@/lib/analytics/commands/keep-series-slots';
import type { Measure, UsageQuestion } from '@/lib/analytics/contract';
import { askTogether } from '@/lib/analytics/queries/ask-usage';
import { listBudgetUse } from '@/lib/budgets/queries';
import type { Call } from '@/lib/core/call';
import { orUnread, readOr, Unread } from '@/lib/entry/unread';
import { listOpenHolds } from '@/lib/holds/queries';
import type { Key } from '@/lib/keys/contract';
import { type DayOfUsage, replayStart } from '@/lib/limits/what-if';
import type { Pace } from '@/lib/limits/window-curves';
import { REFUSED_PARAMETER } from '../../../../posted-form';
import type { SearchParams } from '../../../../search-params';
import { UnreadPanel } from '../../../../unread-panel';
import { KeyFrame } from '../key-frame';
import { type KeyParams, readKeyPage, readKeyTitle } from '../read-key-page';
import { PACE_MILLISECONDS } from '../usage/read-usage';
import { LimitLedger } from './limit-ledger';
import { LimitRows } from './limit-rows';
import { OpenHoldsTable } from './open-holds-table';
import { WhatIfSheet } from './what-if-sheet';

type Props = { params: KeyParams; searchParams: Promise<SearchParams> };

/** How far back another limit is tried. */
const REPLAYED_DAYS = 90;
const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readKeyTitle(params, 'Limits') };
}

export default async function KeyLimitsPage({ params, searchParams }: Props) {
  const start = await readKeyPage(params);
  const { keyOf, row, session } = start;
  const { call, workspace } = session;
  const [budgets, holds, usage, slots] = await Promise.all([
    orUnread(call, listBudgetUse(call, workspace.id)),
    orUnread(call, listOpenHolds(call, keyOf)),
    orUnread(call, readDays(call, keyOf)),
    orUnread(call, keepSeriesSlots(call, workspace.id, 'key')),
  ]);
  const set = readOr(budgets, []).filter(({ limitNanoUsd }) => limitNanoUsd !== null);
  return (
    <KeyFrame start={start} tab="limits">
      <RuledSheet>
        <SheetRow>
          <SheetCell span={8} isFlush label="Limits">
            <SectionHeader title="Limits" hint="Whichever is reached first refuses." isInFlush />
            <LimitRows row={row} budgets={set} />
            {budgets instanceof Unread && (
              <UnreadPanel title="The workspace’s budgets could not be read" reference={budgets.reference} />
            )}
            <section aria-label="Open holds" className="pt-7">
              <SectionHeader
                title="Open holds"
                hint="Reserved for requests that run. Each ends by itself at its time."
                isInFlush
              />
              {holds instanceof Unread ? (
                <UnreadPanel title="The open holds could not be read" reference={holds.reference} />
              ) : (
                <OpenHoldsTable
                  holds={holds}
                  hash={row.hash}
                  now={call.now}
                  wasRefused={(await searchParams)[REFUSED_PARAMETER] !== undefined}
                />
              )}
            </section>
          </SheetCell>
          <SheetCell span={4} label="This key’s limit">
            <LimitLedger row={row} holds={holds instanceof Unread ? null : holds.count} />
          </SheetCell>
        </SheetRow>
        {usage instanceof Unread ? (
          <UnreadPanel
            title="The days behind another limit could not be read"
            reference={usage.reference}
            headingLevel={2}
          />
        ) : (
          <WhatIfSheet
            row={row}
            known={{ ...usage, lifetimeNanoUsd: countedSpend(keyOf, keyOf.spend.lifetime) }}
            slot={readOr(slots, new Map()).get(keyOf.hash) ?? null}
          />
        )}
      </RuledSheet>
    </KeyFrame>
  );
}

/** What counts against the key's limit. */
function countedSpend(
  { includeByokInLimit }: Pick<Key, 'includeByokInLimit'>,
  { spendNanoUsd, byokNanoUsd }: { readonly spendNanoUsd: bigint; readonly byokNanoUsd: bigint },
): bigint {
  return spendNanoUsd + (includeByokInLimit ? byokNanoUsd : 0n);
}

/**
 * Whole UTC days from the start of the earliest month that the trial touches, so that any window begins whole; today so far.
 * And what was spent in the last seven times 24 hours.
 */
async function readDays(call: Call, keyOf: Key): Promise<{ days: DayOfUsage[]; pace: Pace }> {
  const today = Math.floor(call.now.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  const paceTo = Math.ceil(call.now.getTime() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS;
  const question = {
    timeZone: 'UTC',
    groupBy: [],
    filters: [{ dimension: 'key', values: [keyOf.hash] }],
    measures: ['requests', 'spendNanoUsd', 'byokNanoUsd'],
    orderBy: { measure: 'requests', by: 'sum' },
    top: 1,
    previous: null,
    isLatencyWanted: false,
  } satisfies Partial<UsageQuestion<Measure>>;
  const [byDay, pace] = await askTogether(call, keyOf.workspaceId, [
    {
      ...question,
      from: replayStart('month', call.now, REPLAYED_DAYS),
      to: new Date(today + DAY_MILLISECONDS),
      granularity: 'day',
    },
    { ...question, from: new Date(paceTo - PACE_MILLISECONDS), to: new Date(paceTo), granularity: null },
  ]);
  const days = (byDay?.series ?? []).map(({ sums }, index) => ({
    start: byDay?.bounds?.[index] ?? new Date(0),
    spentNanoUsd: countedSpend(keyOf, sums),
    requests: sums.requests,
  }));
  return { days, pace: { nanoUsd: pace ? countedSpend(keyOf, pace.total.sums) : 0n, milliseconds: PACE_MILLISECONDS } };
}
