import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** PostgreSQL's packages keep their programs here: Debian and Ubuntu, Red Hat, Homebrew on Apple silicon and on Intel. */
const PACKAGE_DIRECTORIES = ['/usr/lib/postgresql', '/usr', '/opt/homebrew/opt', '/usr/local/opt'];

/** The directory of `postgres` and `initdb`: on the PATH, else that of the newest installed version. NULL: not installed. */
export function findPostgresPrograms(): string | null {
  const candidates = [...pathDirectories(), ...PACKAGE_DIRECTORIES.flatMap(packageDirectories)];
  const found = candidates.find(
    (directory) => isExecutable(join(directory, 'initdb')) && isExecutable(join(directory, 'postgres')),
  );
  return found ?? null;
}

function pathDirectories(): string[] {
  // The search path is the shell's, asked for without reading the environment here.
  return execFileSync('/bin/sh', ['-c', 'printf %s "$PATH"'], { encoding: 'utf8' }).split(delimiter);
}

/** `bin` directories of the versions below `base`, newest first: `15/bin`, `pgsql-15/bin` and `postgresql@15/bin`. */
function packageDirectories(base: string): string[] {
  if (!existsSync(base)) return [];
  const versionOf = (name: string) => Number(/^(?:pgsql-|postgresql@)?(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  const names = readdirSync(base).filter((name) => !Number.isNaN(versionOf(name)));
  return names.sort((left, right) => versionOf(right) - versionOf(left)).map((name) => join(base, name, 'bin'));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
