import { expect, it } from 'vitest';
import { askedVerb, KEY_VERBS } from './asked-verb';

it('knows the verbs of a key, and no other', () => {
  for (const verb of KEY_VERBS) expect(askedVerb(verb, verb === 'enable')).toBe(verb);
  for (const text of [null, '', 'create', 'Rotate', 'constructor']) expect(askedVerb(text, false)).toBeNull();
});

it('asks for no change to what is so already', () => {
  expect(askedVerb('disable', true)).toBeNull();
  expect(askedVerb('enable', false)).toBeNull();
});
