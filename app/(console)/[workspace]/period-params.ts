import { formatDaysShort } from '@/components/format/time';
import { isPeriodText, type PeriodName, PRESETS, type Preset, resolvePeriod } from '@/lib/analytics/period';

/** The period of a page as its URL says it: `?range=30d`, or `?from=2026-11-01&to=2026-11-18`. */
type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

export const PRESET_LABELS: Readonly<Record<Preset, string>> = {
  today: 'Today',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  mtd: 'Month to date',
  'last-month': 'Last month',
  '90d': 'Last 90 days',
};

/** An address may be typed, old or mangled: what names no period is left out. */
export function readPeriodName(params: Params, fallback: Preset): PeriodName {
  const [range, from, to] = ['range', 'from', 'to'].map((name) => single(params[name]));
  const preset = PRESETS.find((candidate) => candidate === range);
  if (preset) return { kind: 'preset', preset };
  if (from && to && isPeriodText(from, to)) return { kind: 'custom', from, to };
  return { kind: 'preset', preset: fallback };
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value;
}

/** The explicit choice as pairs of the query. The fallback is none. */
export function periodQuery(name: PeriodName, fallback: Preset): [string, string][] {
  if (name.kind === 'custom') {
    return [
      ['from', name.from],
      ['to', name.to],
    ];
  }
  return name.preset === fallback ? [] : [['range', name.preset]];
}

/** A query with another period; everything else stays. */
export function withPeriod(query: string, name: PeriodName, fallback: Preset): string {
  const params = new URLSearchParams(query);
  for (const own of ['range', 'from', 'to']) params.delete(own);
  for (const [key, value] of periodQuery(name, fallback)) params.set(key, value);
  return params.toString();
}

/** The presets with their days, for a menu. */
export function presetHints(zone: string, now: Date): Readonly<Record<Preset, string>> {
  const hint = (preset: Preset) => {
    const { from, to } = resolvePeriod({ kind: 'preset', preset }, zone, now);
    return formatDaysShort(from, to, zone);
  };
  return {
    today: hint('today'),
    '24h': hint('24h'),
    '7d': hint('7d'),
    '30d': hint('30d'),
    mtd: hint('mtd'),
    'last-month': hint('last-month'),
    '90d': hint('90d'),
  };
}
