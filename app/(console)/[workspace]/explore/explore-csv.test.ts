import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Breakdown } from '@/lib/analytics/breakdown';
import { toCsv } from './explore-csv';
import { EXPLORE_DEFAULT } from './explore-params';
import { toRows, toSeries } from './explore-rows';

const bounds = ['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => new Date(`${day}T00:00:00Z`));
const whole = {
  values: [],
  value: 1_500_000_000n,
  requests: 9n,
  previous: 2_000_000_000n,
  series: [500_000_000n, 10n ** 9n],
};
const key = (id: string, name: string) => [{ dimension: 'key' as const, id, name }];
const breakdown: Breakdown = {
  asOf: new Date(0),
  range: { from: new Date(0), to: new Date(1) },
  bounds,
  previousBounds: null,
  whole,
  previousSeries: null,
  groups: [
    {
      ...whole,
      values: key('a', '=cmd|"x"'),
      value: 1_400_000_001n,
      series: [400_000_001n, 10n ** 9n],
      parts: [
        { ...whole, values: [{ dimension: 'model', id: null, name: null }], value: 1n, previous: 0n, series: [1n, 0n] },
      ],
      otherParts: { ...whole, value: 1_400_000_000n, series: [400_000_000n, 10n ** 9n] },
    },
  ],
  other: { ...whole, value: 99_999_999n, previous: null, series: [99_999_999n, 0n] },
  groupCount: 3,
  isExactSum: true,
  prunedBefore: null,
  movedTo: null,
};
const params = { ...EXPLORE_DEFAULT, thenBy: 'model' as const };
const rows = toRows(breakdown, { slots: new Map(), facts: new Map(), isLastOpen: true });

describe('the CSV of what is shown', () => {
  const text = toCsv({ params, breakdown, rows, granularity: 'day', zone: 'UTC', isLastOpen: true });
  const lines: Record<string, string>[] = parse(text, { columns: true, record_delimiter: '\r\n' });

  it('has a row for each line, with every digit, and the total last', () => {
    expect(text.split('\r\n')[0]).toBe(
      'row,key,model,spend_usd,previous_spend_usd,spend_usd_change,requests,average_per_day,days_averaged,highest_day,2026-11-19,2026-11-20',
    );
    expect(lines.map(({ row, key: name, model, spend_usd }) => [row, name, model, spend_usd])).toEqual([
      ['group', `'=cmd|"x"`, '', '1.400000001'],
      ['part', `'=cmd|"x"`, '(none)', '0.000000001'],
      ['other_parts', `'=cmd|"x"`, 'Other', '1.4'],
      ['other', 'Other (2)', '', '0.099999999'],
      ['total', '', '', '1.5'],
    ]);
    expect(lines[0]).toMatchObject({ spend_usd_change: '-0.599999999', days_averaged: '1', highest_day: '1' });
    expect(lines[3]).toMatchObject({ previous_spend_usd: '', '2026-11-19': '0.099999999' });
  });

  it('is formula-safe', () => {
    expect(text).toContain(`"'=cmd|""x"""`);
  });

  it('names hours with the offset of their zone, and has no column of what is not shown', () => {
    const hours = toCsv({
      params: { ...params, by: null, thenBy: null, isCompared: false, measure: 'latency_p95' },
      breakdown: { ...breakdown, whole: { ...whole, value: 12.5, series: [12.5, null] } },
      rows: [],
      granularity: 'hour',
      zone: 'Asia/Kolkata',
      isLastOpen: false,
    });
    expect(hours).toBe(
      'row,latency_p95_ms,requests,average_per_hour,hours_averaged,highest_hour,2026-11-19T05:30:00.000+05:30,2026-11-20T05:30:00.000+05:30\r\n' +
        'total,12.5,9,12.5,1,12.5,12.5,\r\n',
    );
  });
});

it('the chart draws as many groups as there are colours, and the rest as Other', () => {
  const group = (index: number) => ({
    ...breakdown.groups[0],
    values: key(`k${index}`, `k${index}`),
    series: [1n, 2n],
  });
  const groups = Array.from({ length: 12 }, (_, index) => group(index)) as Breakdown['groups'];
  const many = { ...breakdown, groups, groupCount: 20, whole: { ...whole, series: [100n, 200n] } };
  const series = toSeries(many, 'spend', new Map(), 'Spend');
  expect(series).toHaveLength(9);
  expect(series.at(-1)).toEqual({ id: 'other', name: 'Other (12)', color: null, values: [92n, 184n] });
  expect(toSeries({ ...many, isExactSum: false }, 'latency_p95', new Map(), 'p95')).toHaveLength(8);
});
