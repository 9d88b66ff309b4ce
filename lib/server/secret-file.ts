import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from './env';
import { StartupError } from './startup-error';

const SECRET_BYTES = 32;
const SECRET_CHARACTERS_MIN = 32;

/** The secret that signs sessions and links: as configured, else generated once into the data directory. */
export async function readSigningSecret(env: Env): Promise<string> {
  if (env.KEYLEDGER_SECRET !== undefined) return env.KEYLEDGER_SECRET;
  const path = join(env.KEYLEDGER_DATA_DIR, 'secret');
  const secret = (await readExisting(path)) ?? (await createSecret(env.KEYLEDGER_DATA_DIR, path));
  if (secret.length < SECRET_CHARACTERS_MIN) {
    throw new StartupError(`${path} is not a secret. Remove it, or set KEYLEDGER_SECRET.`);
  }
  return secret;
}

async function readExisting(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw new StartupError(`The secret cannot be read from ${path}: ${messageOf(error)}.`);
  }
}

/** Writes a draft and links it into place, so that the secret is never seen half-written and of two starts one wins. */
async function createSecret(directory: string, path: string): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const file = await open(/* turbopackIgnore: true */ draft, 'wx', 0o600);
    await file.writeFile(`${randomBytes(SECRET_BYTES).toString('base64url')}\n`);
    await file.sync();
    await file.close();
    await link(draft, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
    await rm(draft);
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new StartupError(`The secret cannot be written to ${path}: ${messageOf(error)}.`);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
