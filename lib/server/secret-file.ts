import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from './env';
import { StartupError } from './startup-error';

/** The secret that signs sessions and links: as configured, else generated once into the data directory. */
export async function readSigningSecret(env: Env): Promise<string> {
  if (env.KEYLEDGER_SECRET !== undefined) return env.KEYLEDGER_SECRET;
  const path = join(env.KEYLEDGER_DATA_DIR, 'secret');
  try {
    await mkdir(env.KEYLEDGER_DATA_DIR, { recursive: true, mode: 0o700 });
    // `wx` fails where the file is there already, so of two first starts one secret wins.
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await file.sync();
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw new StartupError(`The secret cannot be written to ${path}: ${error instanceof Error ? error.message : error}.`);
    }
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < 32) throw new StartupError(`${path} is not a secret. Remove it, or set KEYLEDGER_SECRET.`);
  return secret;
}
