import type { BucketName, ChartBuckets, ChartPrevious, ChartSeries, ChartValue } from '@/components/charts/chart-data';
import type { SeriesColor } from '@/components/charts/series-color';
import { formatDaysShort, formatWeekday, zonedPartsOf } from '@/components/format/time';
import { type UsageWindow, windowEnd } from '@/lib/core/time-window';
import type { WindowCurve, WindowForecast } from '@/lib/limits/window-curves';

const DAY_MILLISECONDS = 86_400_000;

/** Windows laid over each other, day by day from their start: the running one, what it comes to, and those before. */
export interface WindowLines {
  readonly buckets: ChartBuckets;
  readonly series: readonly ChartSeries[];
  readonly previous: ChartPrevious | null;
}

/** `curves`: oldest first, the last runs. A lifetime has one only, which is drawn by its dates. */
export function linesOf(
  curves: readonly WindowCurve[],
  window: Exclude<UsageWindow, 'day'>,
  forecast: WindowForecast | null,
  color: SeriesColor,
): WindowLines {
  const running = curves.at(-1);
  if (!running) return { buckets: bucketsOf([], undefined), series: [], previous: null };
  const lengths = curves.map((curve) => daysOf(curve, window));
  const count = Math.max(...lengths);
  const bounds = dayBounds(running.start, count);
  const isNamed = window !== 'lifetime';
  const before = curves.at(-2);
  const fill = (values: readonly ChartValue[]) => Array.from({ length: count }, (_, day) => values[day] ?? null);
  const today = running.sums.length - 1;
  const ahead = forecast && forecast.sums.length > 0 ? forecast.sums : null;
  return {
    buckets: bucketsOf(bounds, isNamed ? namesOf(bounds, window, lengths.at(-1) ?? 0) : undefined),
    series: [
      {
        id: 'running',
        name: isNamed ? `This ${window}` : 'In total',
        color,
        look: 'main',
        origin: running.fromNanoUsd,
        values: fill(running.sums),
      },
      ...(ahead
        ? [
            {
              id: 'forecast',
              name: 'Forecast at the pace of 7 days',
              color,
              look: 'forecast' as const,
              // It sets out from where the window stands.
              values: fill([...running.sums.map((sum, day) => (day === today ? sum : null)), ...ahead]),
            },
          ]
        : []),
      ...curves
        .slice(0, -2)
        .toReversed()
        .map((curve) => ({
          id: curve.start.toISOString(),
          name: nameOf(curve, window),
          color: 'soft' as const,
          look: 'faint' as const,
          origin: curve.fromNanoUsd,
          values: fill(curve.sums),
        })),
    ],
    previous: before
      ? {
          label: `Last ${window}`,
          bounds: dayBounds(before.start, count),
          values: fill(before.sums),
          origin: before.fromNanoUsd,
        }
      : null,
  };
}

/** How many days a curve's window has; of a lifetime, those that are known. */
function daysOf({ start, sums }: WindowCurve, window: UsageWindow): number {
  const end = windowEnd(window, start);
  return end === null ? sums.length : Math.round((end.getTime() - start.getTime()) / DAY_MILLISECONDS);
}

function dayBounds(start: Date, count: number): Date[] {
  return Array.from({ length: count + 1 }, (_, day) => new Date(start.getTime() + day * DAY_MILLISECONDS));
}

function bucketsOf(bounds: readonly Date[], names: readonly BucketName[] | undefined): ChartBuckets {
  return { bounds, granularity: 'day', zone: 'UTC', isLastOpen: false, names };
}

/** Days by their place in the window; one that only longer windows have is no date of the running one. */
function namesOf(bounds: readonly Date[], window: 'week' | 'month', days: number): BucketName[] {
  return bounds.slice(0, -1).map((at, day) => ({
    tick: window === 'week' ? zonedPartsOf(at).weekday : String(day + 1),
    words: day < days ? `${formatWeekday(at)} ${zonedPartsOf(at).year}` : `Day ${day + 1}`,
  }));
}

/** `Sep`, `2–8 Nov`. */
function nameOf({ start, sums }: WindowCurve, window: UsageWindow): string {
  if (window === 'month') return zonedPartsOf(start).monthName;
  return formatDaysShort(start, new Date(start.getTime() + sums.length * DAY_MILLISECONDS));
}
