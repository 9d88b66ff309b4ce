import type { Metadata } from 'next';
import { RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { askUsage } from '@/lib/analytics/queries/ask-usage';
import { listBudgetUse } from '@/lib/budgets/queries';
import type { Call } from '@/lib/core/call';
import { listOpenHolds } from '@/lib/holds/queries';
import type { Key } from '@/lib/keys/contract';
import { type DayOfUsage, replayStart } from '@/lib/limits/what-if';
import { KeyFrame } from '../key-frame';
import { type KeyParams, readKeyPage, readKeyTitle } from '../read-key-page';
import { LimitLedger } from './limit-ledger';
import { LimitRows } from './limit-rows';
import { OpenHoldsTable } from './open-holds-table';
import { WhatIfSheet } from './what-if-sheet';

type Props = { params: KeyParams };

/** How far back another limit is tried. */
const REPLAYED_DAYS = 90;
const DAY_MILLISECONDS = 86_400_000;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readKeyTitle(params, 'Limits') };
}

export default async function KeyLimitsPage({ params }: Props) {
  const start = await readKeyPage(params);
  const { keyOf, row, session } = start;
  const { call, workspace } = session;
  const [budgets, holds, days] = await Promise.all([
    listBudgetUse(call, workspace.id),
    listOpenHolds(call, keyOf),
    readDays(call, keyOf),
  ]);
  return (
    <KeyFrame start={start} tab="limits">
      <RuledSheet>
        <SheetRow>
          <SheetCell span={8} isFlush label="Limits">
            <SectionHeader title="Limits" hint="Whichever is reached first refuses." isInFlush />
            <LimitRows row={row} budgets={budgets.filter(({ limitNanoUsd }) => limitNanoUsd !== null)} />
            <section aria-label="Open holds" className="pt-7">
              <SectionHeader
                title="Open holds"
                hint="Reserved for requests that run. Each ends by itself at its time."
                isInFlush
              />
              <OpenHoldsTable holds={holds} hash={row.hash} now={call.now} />
            </section>
          </SheetCell>
          <SheetCell span={4} label="This key’s limit">
            <LimitLedger row={row} holds={holds.count} />
          </SheetCell>
        </SheetRow>
        <WhatIfSheet row={row} days={days} lifetimeNanoUsd={countedSpend(keyOf, keyOf.spend.lifetime)} />
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

/** Whole UTC days from the start of the earliest month that the trial touches, so that any window begins whole; today so far. */
async function readDays(call: Call, keyOf: Key): Promise<DayOfUsage[]> {
  const today = Math.floor(call.now.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
  const { bounds, series } = await askUsage(call, {
    workspaceId: keyOf.workspaceId,
    from: replayStart('month', call.now, REPLAYED_DAYS),
    to: new Date(today + DAY_MILLISECONDS),
    timeZone: 'UTC',
    granularity: 'day',
    groupBy: [],
    filters: [{ dimension: 'key', values: [keyOf.hash] }],
    measures: ['requests', 'spendNanoUsd', 'byokNanoUsd'],
    orderBy: { measure: 'requests', by: 'sum' },
    top: 1,
    previous: null,
    isLatencyWanted: false,
  });
  return (series ?? []).map(({ sums }, index) => ({
    start: bounds?.[index] ?? new Date(0),
    spentNanoUsd: countedSpend(keyOf, sums),
    requests: sums.requests,
  }));
}
