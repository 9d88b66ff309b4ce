import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_SORTS } from '@/lib/keys/sorts';
import { KEY_STATUSES } from '@/lib/keys/status';
import { isDescendingFirst, type KeyListParams, listHref, listQuery } from './list-params';
import { parseListParams } from './read-list-params';
import { hintOf, maskSecretsIn } from './revealed-secret';

const anyParams: fc.Arbitrary<KeyListParams> = fc
  .record({
    search: fc.string({ maxLength: 50 }).map((text) => text.trim()),
    sort: fc.constantFrom(...KEY_SORTS),
    isDescending: fc.boolean(),
    page: fc.integer({ min: 1, max: 1000 }),
    showDisabled: fc.boolean(),
    statuses: fc.subarray([...KEY_STATUSES]),
    environment: fc.constantFrom('live', 'test', null),
    owner: fc.option(fc.string({ minLength: 1, maxLength: 50 })),
    tag: fc.option(fc.string({ minLength: 1, maxLength: 50 })),
  })
  .map((params) => ({ ...params, showDisabled: params.showDisabled || params.statuses.includes('disabled') }));

describe('the address of a list', () => {
  it('says every choice and is read back as it was', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const query = Object.fromEntries(new URLSearchParams(listQuery(params, { page: params.page })));
        expect(parseListParams(query)).toEqual(params);
      }),
    );
  });

  it('holds explicit choices only', () => {
    expect(listHref('acme', parseListParams({}))).toBe('/acme/keys');
    expect(listHref('acme', parseListParams({}), { sort: 'name', isDescending: false })).toBe('/acme/keys?sort=name');
  });

  it('goes to the first page with any other change', () => {
    expect(listQuery(parseListParams({ page: '3' }), { owner: 'ml' })).toBe('owner=ml');
  });

  it('leaves out what it does not understand', () => {
    const plain = parseListParams({});
    const mangled = {
      q: 'x'.repeat(201),
      sort: 'password',
      dir: 'up',
      page: '0',
      status: 'gone',
      env: 'prod',
      owner: '',
      tag: 'a\0b',
    };
    expect(parseListParams(mangled)).toEqual(plain);
    expect(parseListParams({ sort: ['name', 'spend'] })).toMatchObject({ sort: 'name', isDescending: false });
    expect(isDescendingFirst(plain.sort)).toBe(true);
  });
});

describe('secrets in a search', () => {
  it('are replaced by their hints', () => {
    const secret = `kl_live_${'7Qm2'.padEnd(29, 'a')}x4Zp`;
    expect(secret).toHaveLength(41);
    expect(hintOf(secret)).toBe('kl_live_7Qm2…x4Zp');
    expect(maskSecretsIn(`  ${secret} `)).toBe('  kl_live_7Qm2…x4Zp ');
    expect(maskSecretsIn('kl_live_7Qm2…x4Zp')).toBe('kl_live_7Qm2…x4Zp');
  });
});
