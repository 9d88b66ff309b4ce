import { expect, it } from 'vitest';
import { addressSubject, secondsUntilWindowEnds } from './sign-in-throttle';

it.each([
  ['203.0.113.7', 'address:203.0.113.7'],
  ['::ffff:203.0.113.7', 'address:203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', 'address:2001:db8:1:2::/64'],
  ['2001:db8::1', 'address:2001:db8:0:0::/64'],
  ['::1', 'address:0:0:0:0::/64'],
  ['fe80::1%eth0', 'address:fe80:0:0:0::/64'],
  ['unknown', 'address:unknown'],
])('counts %s under %s', (address, subject) => {
  expect(addressSubject(address)).toBe(subject);
});

it('waits whole seconds, and one at the least', () => {
  const startedAt = new Date('2026-11-21T10:00:00.000Z');
  expect(secondsUntilWindowEnds(startedAt, new Date('2026-11-21T10:00:00.001Z'))).toBe(900);
  expect(secondsUntilWindowEnds(startedAt, new Date('2026-11-21T10:14:59.999Z'))).toBe(1);
  expect(secondsUntilWindowEnds(startedAt, new Date('2026-11-21T11:00:00.000Z'))).toBe(1);
});
