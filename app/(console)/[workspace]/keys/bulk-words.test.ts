import { describe, expect, it } from 'vitest';
import { bulkDone, bulkTitle, listNames, skippedSummary, skippedWords } from './bulk-words';

describe('what is said of a change of many keys', () => {
  it('counts keys in the right number', () => {
    expect(bulkTitle('disable', 1)).toBe('Disable 1 key');
    expect(bulkTitle('set_limit', 1200)).toBe('Set the limit of 1,200 keys');
    expect(bulkDone('delete', 1)).toBe('1 key is deleted');
    expect(bulkDone('add_tag', 2)).toBe('2 keys are tagged');
  });

  it('says why keys are left out', () => {
    expect(skippedWords('already_disabled', 1)).toBe('1 key is skipped, as it is disabled already');
    expect(skippedWords('lacks_tag', 2)).toBe('2 keys are skipped, as they do not have the tag');
    expect(skippedSummary({ gone: 1, same_limit: 3 })).toBe(
      '3 skipped: they have this limit already. 1 skipped: it was deleted meanwhile.',
    );
    expect(skippedSummary({})).toBeUndefined();
  });

  it('names the first and counts the rest', () => {
    expect(listNames(['a'], 1)).toBe('a');
    expect(listNames(['a', 'b'], 2)).toBe('a and b');
    expect(listNames(['a', 'b'], 1002)).toBe('a, b and 1,000 more');
    expect(listNames([], 0)).toBe('');
  });
});
