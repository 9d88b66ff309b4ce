import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEnv } from './env';
import { readSigningSecret } from './secret-file';
import { StartupError } from './startup-error';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyledger-secret-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = (extra: Record<string, string> = {}) =>
  readSigningSecret(readEnv({ KEYLEDGER_DATA_DIR: join(directory, 'data'), ...extra }));

it('generates the secret once, for this user alone', async () => {
  const secrets = await Promise.all([read(), read(), read()]);
  expect(new Set([...secrets, await read()]).size).toBe(1);
  expect(secrets[0]?.length).toBeGreaterThanOrEqual(32);
  expect(statSync(join(directory, 'data', 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(directory, 'data'))).toEqual(['secret']);
});

it('prefers the configured secret and writes none', async () => {
  const configured = 'x'.repeat(32);
  expect(await read({ KEYLEDGER_SECRET: configured })).toBe(configured);
  expect(readdirSync(directory)).toEqual([]);
});

it('refuses a file that holds no secret', async () => {
  await read();
  writeFileSync(join(directory, 'data', 'secret'), 'short\n');
  await expect(read()).rejects.toThrow(StartupError);
});
