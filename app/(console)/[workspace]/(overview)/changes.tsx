import { granularityWord } from '@/components/charts/bucket-words';
import { toDrawn } from '@/components/charts/chart-data';
import { formatDaysShort, zonedPartsOf } from '@/components/format/time';
import { SectionHeader } from '@/components/ui/section';
import type { Range } from '@/lib/analytics/contract';
import { granularityOf } from '@/lib/analytics/period';
import { valueId, valueNames } from '../series-of-answer';
import { type ChangeRow, ChangesTable } from './changes-table';
import { DIMENSION_WORDS } from './dimension-words';
import type { OverviewParams } from './overview-params';
import type { OverviewPage } from './read-page';

/** `Nov` for a month to date, else its days: the head of a column. */
function shortPeriod({ from, to }: Range, chosen: OverviewParams, zone: string): string {
  const isMonth =
    chosen.period.kind === 'preset' && (chosen.period.preset === 'mtd' || chosen.period.preset === 'last-month');
  return isMonth ? zonedPartsOf(from, zone).monthName : formatDaysShort(from, to, zone);
}

type ChangesProps = { slug: string; chosen: OverviewParams; page: OverviewPage; zone: string };

/** What spends more, or less, than before. */
export function Changes({ slug, chosen, page, zone }: ChangesProps) {
  const { overview, period, slots, facts } = page;
  const rows = overview.changes.groups.map(({ values, total, previous, series }): ChangeRow => {
    const id = valueId(values);
    const fact = facts.get(id);
    return {
      id,
      name: valueNames(values),
      href: chosen.by === 'key' && fact?.isDeleted === false ? `/${slug}/keys/${id}` : null,
      slot: slots.get(id) ?? null,
      owner: fact?.owner ?? null,
      spendNanoUsd: total.sums.spendNanoUsd,
      previousNanoUsd: previous?.spendNanoUsd ?? 0n,
      spark: series?.map(({ sums }) => toDrawn(sums.spendNanoUsd, 'money') ?? 0) ?? [],
    };
  });
  const [now, before] = [
    formatDaysShort(period.from, period.to, zone),
    formatDaysShort(period.previous.from, period.previous.to, zone),
  ];
  return (
    <>
      <SectionHeader
        title="Biggest changes"
        hint={`of spend, ${now} vs ${before}${period.isOpen ? ', same hours' : ''}`}
        isInFlush
      />
      <ChangesTable
        rows={rows}
        dimension={DIMENSION_WORDS[chosen.by].one}
        hasOwner={chosen.by === 'key'}
        per={`per ${granularityWord(granularityOf(period))}`}
        period={shortPeriod(period, chosen, zone)}
        previous={shortPeriod(period.previous, chosen, zone)}
        isLastOpen={period.isOpen}
      />
    </>
  );
}
