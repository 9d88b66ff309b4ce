import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandLinePage } from './command-line-page';

it('docs/command-line.md says what the commands say of themselves', () => {
  expect(readFileSync('docs/command-line.md', 'utf8')).toBe(commandLinePage());
});
