import { expect, it } from 'vitest';
import { undoneWords } from './undo-words';

it('says what is undone, and why what is not stays', () => {
  const none = { undone: 0, skipped: {}, error: null };
  expect(undoneWords({ ...none, undone: 1 }, 'billing')).toEqual({ title: 'billing is as it was' });
  expect(undoneWords({ ...none, skipped: { changed_since: 1 } }, 'billing')).toMatchObject({
    tone: 'danger',
    title: 'The change of billing is not undone',
    description: expect.stringContaining('The key was changed again since'),
  });
  expect(undoneWords({ ...none, undone: 2 }, null)).toEqual({ title: '2 keys are as they were' });
  expect(undoneWords({ ...none, undone: 1, skipped: { changed_since: 1, gone: 2 } }, null)).toEqual({
    tone: 'warn',
    title: '1 key is as it was',
    description: '1 key left: changed again by somebody meanwhile. 2 keys left: deleted meanwhile.',
  });
  expect(undoneWords({ ...none, skipped: { gone: 1 } }, null).title).toBe('Nothing is undone');
  expect(undoneWords({ ...none, undone: 5, error: 'Try again.' }, null)).toMatchObject({ description: 'Try again.' });
});
