'use client';

import { useMemo } from 'react';
import type { ChartLevel } from '@/components/charts/chart-data';
import type { SeriesSlot } from '@/components/charts/series-color';
import { TimeChart } from '@/components/charts/time-chart';
import { formatMoney, formatSetMoney } from '@/components/format/money';
import type { UsageWindow } from '@/lib/core/time-window';
import type { WhatIf } from '@/lib/limits/what-if';
import type { WindowForecast } from '@/lib/limits/window-curves';
import type { Trial } from './use-trial';
import { linesOf } from './what-if-lines';
import { roundUp } from './what-if-steps';

const HEIGHT = 320;

/** How spend rises in each window, against the limit that is set and the one that is tried. */
export function WhatIfChart({ trial, slot }: { trial: Trial; slot: SeriesSlot }) {
  const { window, curves, forecast, currentNanoUsd } = trial;
  const { limitNanoUsd, result } = trial.tried;
  const levels = useMemo(
    () => levelsOf(limitNanoUsd, currentNanoUsd, window === 'day' ? null : forecast),
    [limitNanoUsd, currentNanoUsd, window, forecast],
  );
  const refused = `${formatSetMoney(limitNanoUsd)} would have refused ${formatMoney(result.refusedNanoUsd, 2)}`;
  if (window === 'day') return <DaysChart result={result} levels={levels} refused={refused} />;
  return (
    <CurvesChart window={window} curves={curves} forecast={forecast} slot={slot} levels={levels} refused={refused} />
  );
}

type CurvesChartProps = Pick<Trial, 'curves' | 'forecast'> & {
  slot: SeriesSlot;
  window: Exclude<UsageWindow, 'day'>;
  levels: readonly ChartLevel[];
  refused: string;
};

function CurvesChart({ window, curves, forecast, slot, levels, refused }: CurvesChartProps) {
  const { buckets, series, previous } = useMemo(
    () => linesOf(curves, window, forecast, slot ?? 'strong'),
    [curves, window, forecast, slot],
  );
  const isTotal = window === 'lifetime';
  return (
    <TimeChart
      title={isTotal ? 'Spend so far' : `Spend within a ${window}`}
      hint={isTotal ? 'USD since the first request, UTC' : `USD since the ${window} began, UTC`}
      headingLevel={3}
      label={`${isTotal ? 'Spend so far' : `Spend within each ${window}, day by day`}; a limit of ${refused}`}
      unit="money"
      view="lines"
      buckets={buckets}
      series={series}
      previous={previous}
      levels={levels}
      hasLegend
      height={HEIGHT}
    />
  );
}

type DaysChartProps = { result: WhatIf; levels: readonly ChartLevel[]; refused: string };

/** Of daily windows each is one bar: what of it the limit would have refused lies on top. */
function DaysChart({ result, levels, refused }: DaysChartProps) {
  const buckets = useMemo(() => {
    const starts = result.days.map(({ start }) => start);
    const last = starts.at(-1);
    const bounds = last ? [...starts, new Date(last.getTime() + 86_400_000)] : [];
    return { bounds, granularity: 'day' as const, zone: 'UTC', isLastOpen: true };
  }, [result]);
  const series = useMemo(
    () => [
      {
        id: 'spent',
        name: 'Spent',
        color: 'quantity' as const,
        values: result.days.map(({ spentNanoUsd, refusedNanoUsd }) => spentNanoUsd - refusedNanoUsd),
      },
      {
        id: 'refused',
        name: 'Would have been refused',
        color: 'danger' as const,
        values: result.days.map(({ refusedNanoUsd }) => refusedNanoUsd),
      },
    ],
    [result],
  );
  return (
    <TimeChart
      title="Spend within a day"
      hint="USD per day, UTC"
      headingLevel={3}
      label={`Spend of each day; a limit of ${refused}`}
      unit="money"
      buckets={buckets}
      series={series}
      levels={levels}
      height={HEIGHT}
    />
  );
}

/** One line where the limit that is tried is the one that is set. */
function levelsOf(tried: bigint, current: bigint | null, forecast: WindowForecast | null): ChartLevel[] {
  return [
    ...(forecast
      ? [
          {
            id: 'forecast',
            label: `Forecast ${formatSetMoney(roundUp(forecast.endNanoUsd))}`,
            value: forecast.endNanoUsd,
            tone: 'word' as const,
          },
        ]
      : []),
    ...(current === null
      ? []
      : [{ id: 'now', label: `Now ${formatSetMoney(current)}`, value: current, tone: 'danger' as const }]),
    ...(tried === current
      ? []
      : [{ id: 'try', label: `Try ${formatSetMoney(tried)}`, value: tried, tone: 'accent' as const }]),
  ];
}
