import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInZone, instantOfWall, zoneOffset } from '../core/zone';
import { dateInZone, parseWallTime } from './zoned-time';

const ZONES = [
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'America/Sao_Paulo', 'Asia/Kolkata'],
  ...[
    'Asia/Kathmandu',
    'Asia/Tehran',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Pacific/Kiritimati',
    'Africa/Casablanca',
  ],
  ...['Africa/Monrovia', 'Antarctica/Troll', 'America/Caracas', 'Asia/Pyongyang', 'Etc/GMT+12', 'Pacific/Chatham'],
];
const DAY = 86_400_000;
const zone = fc.constantFrom(...ZONES, ...Intl.supportedValuesOf('timeZone'));
const instant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2037, 11, 31) });

function resolve(text: string, name: string, repeated: 'first' | 'second' = 'first'): string {
  const wall = parseWallTime(text);
  if (!wall) throw new Error(`${text} is no time.`);
  return new Date(instantOfWall(name, wall.wallMilliseconds, repeated)).toISOString();
}

describe('a wall time', () => {
  it.each([
    ['2024-01-01T00:00:00.000Z', 'Europe/Berlin', '2023-12-31T23:00:00.000Z'],
    ['2024-01-01T00:00:00.000+09:00', 'UTC', '2024-01-01T00:00:00.000Z'],
    ['2024-01-31T23:59:59.999', 'Asia/Kolkata', '2024-01-31T18:29:59.999Z'],
    ['2024-01-01T00:00', 'Asia/Kathmandu', '2023-12-31T18:15:00.000Z'],
    ['2024-07-01 12:00:00', 'America/St_Johns', '2024-07-01T14:30:00.000Z'],
    ['2024-01-01', 'America/New_York', '2024-01-01T05:00:00.000Z'],
  ])('%s in %s is %s', (text, name, expected) => {
    expect(resolve(text, name)).toBe(expected);
    expect(resolve(text, name, 'second')).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', '2024-03-31T02:30:00', '2024-03-31T03:30:00.000+02:00'],
    ['America/New_York', '2024-03-10T02:00:00', '2024-03-10T03:00:00.000-04:00'],
    ['America/Sao_Paulo', '2018-11-04T00:00:00', '2018-11-04T01:00:00.000-02:00'],
    ['Australia/Lord_Howe', '2024-10-06T02:15:00', '2024-10-06T02:45:00.000+11:00'],
    ['Pacific/Apia', '2011-12-30T00:00:00', '2011-12-31T00:00:00.000+14:00'],
    ['Pacific/Apia', '2011-12-30T23:59:59.999', '2011-12-31T23:59:59.999+14:00'],
  ])('that %s skips moves forward: %s is %s', (name, text, expected) => {
    for (const repeated of ['first', 'second'] as const)
      expect(formatInZone(name, Date.parse(resolve(text, name, repeated)))).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', '2024-10-27T02:30:00', '2024-10-27T00:30:00.000Z', '2024-10-27T01:30:00.000Z'],
    ['America/St_Johns', '2024-11-03T01:30:00', '2024-11-03T04:00:00.000Z', '2024-11-03T05:00:00.000Z'],
    ['America/Sao_Paulo', '2018-02-17T23:59:59.999', '2018-02-18T01:59:59.999Z', '2018-02-18T02:59:59.999Z'],
    ['Australia/Lord_Howe', '2024-04-07T01:45:00', '2024-04-06T14:45:00.000Z', '2024-04-06T15:15:00.000Z'],
  ])('that %s shows twice is either: %s', (name, text, first, second) => {
    expect(resolve(text, name, 'first')).toBe(first);
    expect(resolve(text, name, 'second')).toBe(second);
  });

  it('of any instant resolves to that instant, or to its twin', () => {
    fc.assert(
      fc.property(zone, instant, (name, at) => {
        const wall = at + zoneOffset(name, at);
        const first = instantOfWall(name, wall, 'first');
        const second = instantOfWall(name, wall, 'second');
        expect([first, second]).toContain(at);
        expect(first).toBeLessThanOrEqual(second);
        expect(second - first).toBeLessThanOrEqual(DAY);
        for (const found of [first, second]) expect(found + zoneOffset(name, found)).toBe(wall);
      }),
      { numRuns: 3_000 },
    );
  });

  it('moves forward exactly where no instant shows it, and never past the end of the gap by more than it lies in it', () => {
    fc.assert(
      fc.property(zone, instant, (name, wall) => {
        const found = instantOfWall(name, wall, 'first');
        const shown = found + zoneOffset(name, found);
        if (shown === wall) return;
        expect(shown).toBeGreaterThan(wall);
        // Just before the gap the wall shows less, and the gap is as wide as the time moved.
        const before = found - (shown - wall);
        expect(before + zoneOffset(name, before)).toBeLessThan(wall);
        expect(zoneOffset(name, found) - zoneOffset(name, before)).toBe(shown - wall);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is moved or doubled at every change of the clock of the zones that matter', () => {
    for (const name of ZONES) {
      for (let at = Date.UTC(2009, 0, 1); at < Date.UTC(2013, 0, 1); at += DAY) {
        const [before, after] = [zoneOffset(name, at), zoneOffset(name, at + DAY)];
        if (before === after) continue;
        let [low, high] = [at, at + DAY];
        while (high - low > 1) {
          const middle = Math.floor((low + high) / 2);
          if (zoneOffset(name, middle) === before) low = middle;
          else high = middle;
        }
        const change = high;
        const inside = change + Math.min(before, after) + Math.abs(after - before) / 2;
        if (after > before) {
          expect(instantOfWall(name, inside, 'first') - change, `${name} ${change}`).toBe((after - before) / 2);
          expect(instantOfWall(name, inside, 'second')).toBe(instantOfWall(name, inside, 'first'));
        } else {
          expect(instantOfWall(name, inside, 'second') - instantOfWall(name, inside, 'first')).toBe(before - after);
        }
      }
    }
  });

  it('of the start and the end of a day enclose 23, 24 or 25 hours', () => {
    const hoursOf = (date: string, name: string) =>
      (Date.parse(resolve(`${date}T23:59:59.999`, name, 'second')) + 1 - Date.parse(resolve(date, name))) / 3_600_000;
    expect(hoursOf('2024-03-31', 'Europe/Berlin')).toBe(23);
    expect(hoursOf('2024-10-27', 'Europe/Berlin')).toBe(25);
    expect(hoursOf('2024-06-01', 'Europe/Berlin')).toBe(24);
    expect(hoursOf('2018-02-17', 'America/Sao_Paulo')).toBe(25);
    expect(hoursOf('2018-11-04', 'America/Sao_Paulo')).toBe(23);
    expect(hoursOf('2024-04-07', 'Australia/Lord_Howe')).toBe(24.5);
  });

  it.each([
    ...['', '2024', '2024-1-1', '2024-02-30', '2023-02-29', '2024-13-01', '2024-00-10', '2024-01-01T24:00:00'],
    ...[
      '2024-01-01T12',
      '2024-01-01T12:60',
      '2024-01-01T12:00:60',
      '2024-01-01T12:00:00Zulu',
      '20240101',
      '1899-12-31',
    ],
    ...[
      '2024-01-01T12:00:00.1234567890',
      ' 2024-01-01',
      '2024-01-01T',
      '2024-01-01Z',
      '+002024-01-01',
      '2024-01-01T12:00:00+1',
    ],
  ])('is not %j', (text) => {
    expect(parseWallTime(text)).toBeNull();
  });

  it('tells a date from a time and what was cut off', () => {
    expect(parseWallTime('2024-01-01')).toMatchObject({ isDateOnly: true, isCut: false });
    expect(parseWallTime('2024-01-01T00:00:00.1239Z')).toMatchObject({ isDateOnly: false, isCut: true });
    expect(parseWallTime('2024-01-01T00:00:00.123000')).toMatchObject({ isCut: false });
    expect(parseWallTime('2024-01-01T00:00:00.5')?.wallMilliseconds).toBe(Date.UTC(2024, 0, 1) + 500);
  });
});

it('a date is the one that the wall of its zone shows', () => {
  expect(dateInZone('Europe/Berlin', Date.parse('2023-12-31T23:00:00Z'))).toBe('2024-01-01');
  expect(dateInZone('Pacific/Apia', Date.parse('2011-12-30T10:00:00Z'))).toBe('2011-12-31');
  expect(dateInZone('America/St_Johns', Date.parse('2024-01-01T03:29:59.999Z'))).toBe('2023-12-31');
});
