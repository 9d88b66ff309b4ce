import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from '../lib/server/env';
import { bad, type Check, good } from './check';

const NODE_MIN = [20, 19] as const;
const FREE_BYTES_MIN = 1024 ** 3;
/** What others than the owner may do. */
const OTHERS = 0o077;

export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  return isNew
    ? good(`Node.js ${version}.`)
    : bad(`Node.js ${version} is too old.`, `Install ${NODE_MIN.join('.')} or newer.`);
}

export async function checkDataDirectory({ KEYLEDGER_DATA_DIR: directory }: Env): Promise<Check> {
  const mode = await modeOf(directory);
  if (mode === null)
    return bad(`The data directory ${directory} does not exist.`, 'npm start makes it; or set KEYLEDGER_DATA_DIR.');
  try {
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return bad(`The data directory ${directory} cannot be written.`, 'Give it to the user that runs Keyledger.');
  }
  if ((mode & OTHERS) !== 0)
    return bad(
      `The data directory ${directory} is open to others (mode ${octal(mode)}).`,
      `Run: chmod 700 ${directory}`,
    );
  return good(`The data directory ${directory} is there, writable, and private.`);
}

export async function checkSecret({ KEYLEDGER_DATA_DIR: directory, KEYLEDGER_SECRET }: Env): Promise<Check> {
  if (KEYLEDGER_SECRET !== undefined) return good('The signing secret comes from KEYLEDGER_SECRET.');
  const path = join(directory, 'secret');
  const mode = await modeOf(path);
  if (mode === null) return good(`There is no signing secret in ${path} yet; the first npm start makes it.`);
  if ((mode & OTHERS) !== 0)
    return bad(`The signing secret ${path} is open to others (mode ${octal(mode)}).`, `Run: chmod 600 ${path}`);
  return good(`The signing secret ${path} is for its owner alone.`);
}

export async function checkDisk({ KEYLEDGER_DATA_DIR: directory }: Env): Promise<Check> {
  if ((await modeOf(directory)) === null)
    return bad('The disk could not be checked without a data directory.', 'Run npm start first.');
  const { bavail, bsize, blocks } = await statfs(directory);
  const free = bavail * bsize;
  const share = blocks === 0 ? 0 : Math.round((bavail / blocks) * 100);
  const found = `The disk of ${directory} has ${(free / 1024 ** 3).toFixed(1)} GiB free (${share} %).`;
  return free >= FREE_BYTES_MIN ? good(found) : bad(found, 'Make room: below 1 GiB the database may stop.');
}

/** Permission bits; NULL: it does not exist. */
async function modeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return null;
    throw error;
  }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, '0');
}
