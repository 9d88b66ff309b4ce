import { TrendingUp } from 'lucide-react';
import { formatMoment, formatWeekday } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { reachesAt } from '@/lib/analytics/forecast';
import type { KeyRow } from '../../../key-row';
import { PACE_MILLISECONDS } from './read-usage';

/** When the key's limit will be reached at the pace of a week, where that is before it resets. */
export function PaceNote({ row, paceNanoUsd }: { row: KeyRow; paceNanoUsd: bigint }) {
  const { remainingNanoUsd, resetsAt, now } = row;
  if (remainingNanoUsd === null || remainingNanoUsd === 0n || paceNanoUsd === 0n) return null;
  const full = reachesAt(remainingNanoUsd, paceNanoUsd, PACE_MILLISECONDS, now);
  const reset = resetsAt === null ? 'It never resets.' : `It resets on ${formatMoment(resetsAt, now)}.`;
  if (full === null || (resetsAt !== null && full >= resetsAt)) {
    return (
      <p className="text-xs text-pretty text-fg-3">
        {resetsAt === null
          ? 'At the pace of the last 7 days this key does not reach its limit within a hundred years.'
          : 'At the pace of the last 7 days this key stays under its limit until it resets.'}
      </p>
    );
  }
  return (
    <Note tone="warn" icon={<TrendingUp size={16} strokeWidth={1.75} aria-hidden="true" />}>
      At the pace of the last 7 days this key reaches its limit on <b>{formatWeekday(full)}</b>. {reset}
    </Note>
  );
}
