import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configurationPage } from './configuration-page';

it('docs/configuration.md says what the code reads', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
});
