import { expect, it } from 'vitest';
import { isTimeZone } from '@/lib/core/zone';
import { timeZoneOptions } from './time-zone-options';

it('offers every zone once, under the name that it has today, and the server knows each', () => {
  const options = timeZoneOptions();
  expect(options.length).toBeGreaterThan(400);
  expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
  expect(options.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['UTC', 'Asia/Kolkata', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires']),
  );
  expect(options.map(({ value }) => value).filter((zone) => !isTimeZone(zone))).toEqual([]);
  expect(options.find(({ value }) => value === 'America/New_York')?.label).toBe('America/New York');
});
