import { expect, it } from 'vitest';
import { networkOfAddress, secondsUntilWindowEnds } from './throttle';

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
])('counts %s as %s', (address, network) => {
  expect(networkOfAddress(address)).toBe(network);
});

it('waits whole seconds, and one at the least', () => {
  const startedAt = new Date('2026-11-21T10:00:00.000Z');
  const wait = (now: string) => secondsUntilWindowEnds(startedAt, new Date(now), 900_000);
  expect(wait('2026-11-21T10:00:00.001Z')).toBe(900);
  expect(wait('2026-11-21T10:14:59.999Z')).toBe(1);
  expect(wait('2026-11-21T11:00:00.000Z')).toBe(1);
});
