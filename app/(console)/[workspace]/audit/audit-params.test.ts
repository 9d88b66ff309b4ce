import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_ENTRIES, auditHref, entryHref } from './audit-params';
import { readAuditParams, toFilter, toPosition } from './read-audit-params';

const read = (href: string) => readAuditParams(Object.fromEntries(new URL(href, 'http://test').searchParams));
const word = fc.stringMatching(/^[a-z0-9 @.äß-]{1,40}$/).filter((text) => text.trim() === text && text !== '');
const date = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const day = date.map((at) => at.toISOString().slice(0, 10));
const or = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

describe('the address of the log', () => {
  it('gives the same log again, with or without an open entry', () => {
    const params = fc.record({
      scope: fc.constantFrom('workspace' as const, 'account' as const),
      search: fc.oneof(word, fc.constant('')),
      actor: or(word),
      action: or(fc.constantFrom('key.create', 'management_key.delete')),
      subject: or(word),
      from: or(day),
      to: or(day),
      before: or(fc.nat().map(String)),
      after: fc.constant(null),
    });
    fc.assert(
      fc.property(params, fc.nat().map(String), (log, entry) => {
        expect(read(auditHref('demo', log, { before: log.before }))).toEqual({ ...log, entry: null });
        expect(read(entryHref('demo', log, entry))).toEqual({ ...log, entry });
      }),
    );
  });

  it('leads to the newest entries when a filter changes', () => {
    const log = { ...ALL_ENTRIES, actor: 'ana', before: '7' };
    expect(auditHref('demo', log, { action: 'key.create' })).toBe('/demo/audit?actor=ana&action=key.create');
    expect(auditHref('demo', ALL_ENTRIES)).toBe('/demo/audit');
  });

  it('leaves out what it says wrongly', () => {
    const href =
      '/demo/audit?scope=all&action=DROP&from=2026-02-30&to=tomorrow&before=-1&after=x&entry=1e3&actor=&subject=%00';
    expect(read(href)).toEqual({ ...ALL_ENTRIES, entry: null });
    expect(read('/demo/audit?before=5&after=6')).toMatchObject({ before: '5', after: null });
  });
});

describe('what the log is asked for', () => {
  it('is whole days by the clock of the workspace, also where it changes', () => {
    const filter = toFilter('w', 'Europe/Berlin', { ...ALL_ENTRIES, from: '2026-03-29', to: '2026-03-29' });
    expect(filter).toEqual({
      workspaceId: 'w',
      from: new Date('2026-03-28T23:00:00.000Z'),
      to: new Date('2026-03-29T22:00:00.000Z'),
    });
  });

  it('is the account’s log where the address says so', () => {
    expect(toFilter('w', 'UTC', { ...ALL_ENTRIES, scope: 'account', search: 'x' })).toEqual({
      workspaceId: null,
      search: 'x',
    });
  });

  it('goes down from an entry, or up from one', () => {
    expect(toPosition(ALL_ENTRIES)).toEqual({ kind: 'newest' });
    expect(toPosition({ ...ALL_ENTRIES, before: '9' })).toEqual({ kind: 'before', id: 9n });
    expect(toPosition({ ...ALL_ENTRIES, after: '9' })).toEqual({ kind: 'after', id: 9n });
  });
});
