import { expect, it } from 'vitest';
import { requireTyped } from './typed-name';

it('takes the name as it stands, whatever spaces are around it, and none where none was asked for', () => {
  for (const typed of [undefined, 'crawler', ' crawler ']) expect(() => requireTyped(typed, 'crawler')).not.toThrow();
  expect(() => requireTyped('crawler', ' crawler')).not.toThrow();
});

it.each(['', 'Crawler', 'crawlers', 'craw ler'])('refuses %j for crawler, beside its field', (typed) => {
  expect(() => requireTyped(typed, 'crawler')).toThrow(
    expect.objectContaining({ code: 'invalid_input', detail: { field: 'typedName' } }),
  );
});
