import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf } from '../audit/changes';
import { fieldsBefore } from './undo';

describe('what undoing gives back', () => {
  const key = fc.record({
    name: fc.stringMatching(/^[a-z]{1,9}$/),
    isDisabled: fc.boolean(),
    limitNanoUsd: fc.option(fc.bigInt(0n, 2n ** 63n - 1n)),
    limitWindow: fc.constantFrom('day', 'week', 'month', 'lifetime'),
    includeByokInLimit: fc.boolean(),
    owner: fc.option(fc.stringMatching(/^[a-z]{1,9}$/)),
    tags: fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 4 }),
  });

  it('are the fields that the request changed, exactly as they were, and no others', () => {
    fc.assert(
      fc.property(key, key, (before, after) => {
        const changed = changesOf(before, after);
        const undone = fieldsBefore({ requestId: 'mine', detail: { changed } }, 'mine');
        if (!('fields' in undone)) throw new Error('It is the last change.');
        expect(Object.keys(undone.fields).sort()).toEqual(Object.keys(changed).sort());
        expect({ ...after, ...undone.fields }).toEqual(before);
      }),
    );
  });

  it('is nothing once another request has changed the key, or where the log does not tell', () => {
    const detail = { changed: { name: { before: 'a', after: 'b' } } };
    expect(fieldsBefore({ requestId: 'theirs', detail }, 'mine')).toEqual({ reason: 'changed_since' });
    expect(fieldsBefore(undefined, 'mine')).toEqual({ reason: 'changed_since' });
    for (const broken of [{}, { changed: { name: { after: 'b' } } }, { changed: { hash: { before: 'a' } } }]) {
      expect(fieldsBefore({ requestId: 'mine', detail: broken }, 'mine')).toEqual({ reason: 'changed_since' });
    }
  });
});
