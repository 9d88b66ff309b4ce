import { describe, expect, it } from 'vitest';
import { overviewHref, readOverviewParams } from './overview-params';

describe('the address of the overview', () => {
  it('leaves out what is usual, and leads back to the same', () => {
    expect(overviewHref('prod', readOverviewParams({}))).toBe('/prod');
    const params = { range: '30d', by: 'model', env: 'test', compare: 'off' };
    expect(overviewHref('prod', readOverviewParams(params))).toBe('/prod?range=30d&by=model&env=test&compare=off');
    expect(overviewHref('prod', readOverviewParams(params), { environment: null, by: 'key' })).toBe(
      '/prod?range=30d&compare=off',
    );
  });

  it('is the usual one where it is mangled', () => {
    expect(readOverviewParams({ range: 'ever', by: 'owner', env: ['prod'], compare: '' })).toEqual(
      readOverviewParams({}),
    );
  });
});
