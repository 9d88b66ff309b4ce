import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd, INT64_MAX } from '@/lib/core/money';
import { expiryInDays } from './expiry-choices';
import { createKeyForm, updateKeyForm } from './key-form';

const NOW = new Date('2026-11-18T14:32:08.000Z');
const typed = (fields: Record<string, string>) =>
  createKeyForm.safeParse({ name: 'search-indexer', environment: 'live', ...fields });
const messageOf = (fields: Record<string, string>) => typed(fields).error?.issues[0]?.message;

describe('the form of a key', () => {
  it('reads every amount exactly as it was typed', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, INT64_MAX), (nanoUsd) => {
        expect(typed({ limit: ` $${formatUsd(nanoUsd)} ` }).data?.limitNanoUsd).toBe(nanoUsd);
      }),
    );
  });

  it('takes an empty limit for none, which resets by nothing, and 0 for 0', () => {
    expect(typed({ limit: ' ', window: 'month' }).data).toMatchObject({ limitNanoUsd: null, limitWindow: 'lifetime' });
    expect(typed({ limit: '0', window: 'month' }).data).toMatchObject({ limitNanoUsd: 0n, limitWindow: 'month' });
  });

  it('says what to enter in place of an amount that could be misread', () => {
    expect(messageOf({ limit: '1,500' })).toMatch(/without commas/);
    expect(messageOf({ limit: '1.500,00' })).toMatch(/without commas/);
    expect(messageOf({ limit: '12 USD' })).toMatch(/such as 400/);
    expect(messageOf({ limit: '-0.01' })).toMatch(/cannot be below/);
    expect(messageOf({ limit: '0.1234567891' })).toMatch(/nine decimals/);
    expect(messageOf({ limit: '9999999999999' })).toMatch(/more than can be counted/);
    expect(messageOf({ name: '  ' })).toMatch(/Enter a name/);
  });

  it('keeps each tag once, without the empty ones', () => {
    expect(typed({ tags: ' eu, batch,, eu ' }).data?.tags).toEqual(['eu', 'batch']);
    expect(messageOf({ tags: Array.from({ length: 21 }, (_, index) => index).join(',') })).toMatch(/at most 20/);
  });

  it('ends a key at 00:00 UTC of the chosen day', () => {
    expect(typed({ expires: '90' }).data?.expiresAt(NOW)).toEqual(new Date('2027-02-16T00:00:00.000Z'));
    expect(expiryInDays(90, NOW)).toEqual(new Date('2027-02-16T00:00:00.000Z'));
    expect(typed({ expires: 'date', expiresOn: '2027-02-28' }).data?.expiresAt(NOW)).toEqual(new Date('2027-02-28'));
    expect(typed({ expires: 'never', expiresOn: '2027-02-28' }).data?.expiresAt(NOW)).toBeNull();
    expect(messageOf({ expires: 'date', expiresOn: '2027-02-30' })).toMatch(/Choose the day/);
    expect(messageOf({ expires: 'date' })).toMatch(/Choose the day/);
  });

  it('clears the owner of a key, and counts BYOK only where the box is ticked', () => {
    const fields = { hash: 'a'.repeat(64), name: 'x', owner: ' ', window: 'week' };
    expect(updateKeyForm.parse(fields)).toMatchObject({ owner: null, includeByokInLimit: false, limitWindow: 'week' });
    expect(updateKeyForm.parse({ ...fields, includeByok: 'on' }).includeByokInLimit).toBe(true);
    expect(updateKeyForm.safeParse({ ...fields, hash: 'ABC' }).success).toBe(false);
  });
});
