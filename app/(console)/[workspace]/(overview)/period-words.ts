import { formatDaysShort } from '@/components/format/time';
import type { Range } from '@/lib/analytics/contract';
import type { PeriodName, Preset } from '@/lib/analytics/period';

const WORDS: Readonly<Record<Preset, string>> = {
  today: 'today',
  '24h': 'in 24 hours',
  '7d': 'in 7 days',
  '30d': 'in 30 days',
  mtd: 'this month',
  'last-month': 'last month',
  '90d': 'in 90 days',
};

/** After a figure's name: "Requests this month", "Requests 3–9 Nov". */
export function periodWords(name: PeriodName, { from, to }: Range, zone: string): string {
  return name.kind === 'preset' ? WORDS[name.preset] : formatDaysShort(from, to, zone);
}
