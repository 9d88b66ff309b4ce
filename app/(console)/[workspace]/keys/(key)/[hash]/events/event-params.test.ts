import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EventParams,
  eventChips,
  eventHref,
  eventsHref,
  readEventParams,
  readPlace,
  writePlace,
} from './event-params';

const place = fc.record({
  occurredAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  id: fc.uuid(),
});
const anyParams: fc.Arbitrary<EventParams> = fc.record({
  period: fc.constantFrom(
    { kind: 'preset' as const, preset: '30d' as const },
    { kind: 'preset' as const, preset: '7d' as const },
    { kind: 'custom' as const, from: '2026-11-01', to: '2026-11-18T14:30' },
  ),
  statusClass: fc.constantFrom(null, 2, 3, 4, 5),
  endpoint: fc.constantFrom(null, '', '/v1/chat?a=b&c', 'GET /x y'),
  model: fc.constantFrom(null, '', 'openai/gpt-4o'),
  before: fc.option(place),
  after: fc.option(place),
});
const read = (href: string) => readEventParams(Object.fromEntries(new URL(href, 'http://h').searchParams));

describe('the address of a log of events', () => {
  it('says every choice and is read back as it was', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        expect(read(eventsHref('/k', params, { before: params.before, after: params.after }))).toEqual(params);
      }),
    );
  });

  it('holds explicit choices only, and begins anew with each', () => {
    const plain = readEventParams({});
    expect(eventsHref('/k', plain)).toBe('/k');
    const deep = { ...plain, before: { occurredAt: new Date(5), id: '0199b7a2-0000-7000-8000-000000000001' } };
    expect(eventsHref('/k', deep, { statusClass: 5 })).toBe('/k?status=5xx');
    expect(read(eventHref('/k', deep, { ...deep.before }))).toEqual(deep);
  });

  it('leaves out what it does not understand', () => {
    const mangled = { status: '9xx', endpoint: 'a\0b', model: '\ud800', before: '5_x', after: '-1_', range: 'ever' };
    expect(readEventParams(mangled)).toEqual(readEventParams({}));
    for (const text of ['', '_', '1e9_0199b7a2-0000-7000-8000-000000000001', null]) expect(readPlace(text)).toBeNull();
    fc.assert(
      fc.property(place, (one) => {
        expect(readPlace(writePlace(one))).toEqual(one);
      }),
    );
  });

  it('is told in words', () => {
    const words = eventChips({ ...readEventParams({}), statusClass: 4, endpoint: '' }).map(
      ({ field, value }) => `${field} ${value}`,
    );
    expect(words).toEqual(['Status 4xx', 'Endpoint none']);
  });
});
