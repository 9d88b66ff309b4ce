import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAGS_MAX } from './bounds';
import { type ChangeableKey, fieldsAfter, type KeyChange, planChange, skipReasonOf } from './key-change';

const key = (fields: Partial<ChangeableKey> = {}): ChangeableKey => ({
  isDisabled: false,
  limitNanoUsd: null,
  limitWindow: 'lifetime',
  tags: [],
  ...fields,
});

const window = fc.constantFrom('day', 'week', 'month', 'lifetime');
const limit = fc.option(fc.bigInt(0n, 3n));
const tag = fc.constantFrom('a', 'b', 'c');
const anyKey = fc.record({
  isDisabled: fc.boolean(),
  limitNanoUsd: limit,
  limitWindow: window,
  tags: fc.uniqueArray(tag),
});
const anyChange: fc.Arbitrary<KeyChange> = fc.oneof(
  fc.constantFrom<KeyChange>({ kind: 'disable' }, { kind: 'enable' }),
  fc.record({ kind: fc.constant('set_limit'), limitNanoUsd: limit, limitWindow: window }),
  fc.record({ kind: fc.constantFrom('add_tag', 'remove_tag'), tag }),
);

describe('changing many keys', () => {
  it('says why a key is left as it is', () => {
    expect(skipReasonOf(key({ isDisabled: true }), { kind: 'disable' })).toBe('already_disabled');
    expect(skipReasonOf(key(), { kind: 'enable' })).toBe('already_enabled');
    expect(skipReasonOf(key({ tags: ['a'] }), { kind: 'add_tag', tag: 'a' })).toBe('has_tag');
    expect(skipReasonOf(key(), { kind: 'remove_tag', tag: 'a' })).toBe('lacks_tag');
    const full = Array.from({ length: TAGS_MAX }, (_, index) => `tag-${index}`);
    expect(skipReasonOf(key({ tags: full }), { kind: 'add_tag', tag: 'a' })).toBe('too_many_tags');
    expect(skipReasonOf(key({ isDisabled: true }), { kind: 'delete' })).toBeNull();
  });

  it('takes limits for the same where both are none, or amount and window agree', () => {
    const none = { kind: 'set_limit', limitNanoUsd: null, limitWindow: 'lifetime' } as const;
    expect(skipReasonOf(key({ limitWindow: 'day' }), none)).toBe('same_limit');
    const daily = { kind: 'set_limit', limitNanoUsd: 5n, limitWindow: 'day' } as const;
    expect(skipReasonOf(key({ limitNanoUsd: 5n, limitWindow: 'day' }), daily)).toBe('same_limit');
    expect(skipReasonOf(key({ limitNanoUsd: 5n, limitWindow: 'week' }), daily)).toBeNull();
    expect(skipReasonOf(key(), daily)).toBeNull();
  });

  it('leaves nothing to change after a change, and changes or skips each key once', () => {
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 12 }), anyChange, (keys, change) => {
        const { changed, skipped } = planChange(keys, change);
        expect(changed.length + skipped.reduce((sum, { keys: left }) => sum + left.length, 0)).toBe(keys.length);
        for (const one of changed) {
          expect(skipReasonOf({ ...one, ...fieldsAfter(one, change) }, change)).not.toBeNull();
        }
      }),
    );
  });
});
