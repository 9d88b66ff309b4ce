/**
 * Installs what the tests need and npm cannot bring: Chromium, PostgreSQL and PgBouncer. Does nothing when all are there.
 *
 *   node scripts/ensure-test-tools.mjs
 *
 * On Debian and its kin they come from the distribution, where this process may install packages. Elsewhere the browser
 * is Playwright's own, and the other two are the reader's to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const POSTGRES_VERSION_MIN = 15;
const BROWSER_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const require = createRequire(import.meta.url);

/**
 * Path of a Chromium that runs: CHROMIUM_PATH, else the distribution's, else Playwright's own.
 * @returns {string | null} null when there is none
 */
export function chromiumPath() {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const installed = PATH.split(delimiter).flatMap((directory) => BROWSER_NAMES.map((name) => join(directory, name)));
  // Ubuntu's package is a stub that only says where else to get one, so a candidate must answer.
  return [...installed, playwrightPath()].find((path) => existsSync(path) && versionOf(path) !== null) ?? null;
}

function playwrightPath() {
  return require('@playwright/test').chromium.executablePath();
}

/** The first line that a program says of its version, or null when it does not run. */
function versionOf(path) {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? stdout.trim().split('\n', 1)[0] : null;
}

/** Where `postgres` is and what it says of its version, or null when there is none, or one that is too old. */
async function findPostgres() {
  // Here and not above, because test runners that import chromiumPath have loaders of their own.
  const { tsImport } = await import('tsx/esm/api');
  const { findPostgresPrograms } = await tsImport('../lib/server/testing/postgres-programs.ts', import.meta.url);
  const directory = findPostgresPrograms();
  if (!directory) return null;
  const path = join(directory, 'postgres');
  const version = versionOf(path);
  const major = Number(/\) (\d+)/.exec(version ?? '')?.[1]);
  return version && major >= POSTGRES_VERSION_MIN ? { path, version } : null;
}

/**
 * Path of a PgBouncer that runs. Debian puts it where only an administrator's PATH leads.
 * @returns {string | null} null when there is none
 */
export function pgBouncerPath() {
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const candidates = directories.map((directory) => join(directory, 'pgbouncer'));
  return candidates.find((path) => existsSync(path) && versionOf(path) !== null) ?? null;
}

/** Installs packages of the distribution. False when this is not Debian's kin, may not install, or fails. */
function installPackages(names) {
  if (!existsSync('/usr/bin/apt-get')) return false;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && spawnSync('sudo', ['-n', 'true']).status !== 0) return false;
  const run = (args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    const [program, ...rest] = isRoot ? command : ['sudo', '-n', ...command];
    return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  };
  console.log(`Installing ${names.join(' and ')} by apt-get.`);
  // A list of packages that is already fresh, or whose mirror is down, need not stop the installation.
  run(['update', '-q']);
  return run(['install', '-q', '-y', '--no-install-recommends', ...names]);
}

function installPlaywrightBrowser() {
  console.log("Installing Playwright's Chromium.");
  const cli = join(require.resolve('@playwright/test/package.json'), '..', 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' });
}

async function ensureTools() {
  const missing = [];
  if (chromiumPath() === null) missing.push('chromium');
  if ((await findPostgres()) === null) missing.push('postgresql');
  if (pgBouncerPath() === null) missing.push('pgbouncer');
  if (missing.length > 0) installPackages(missing);
  if (chromiumPath() === null) installPlaywrightBrowser();
  const browser = chromiumPath();
  const postgres = await findPostgres();
  const bouncer = pgBouncerPath();
  if (browser === null) {
    console.error(
      'There is no Chromium. Install one and set CHROMIUM_PATH, or run: npx playwright install --with-deps chromium',
    );
  } else {
    console.log(`Chromium: ${browser}`);
  }
  if (postgres === null) {
    console.error(
      `There is no PostgreSQL ${POSTGRES_VERSION_MIN} or newer. Install one (apt-get install postgresql, dnf install postgresql-server, brew install postgresql@17), and put its programs on the PATH or where the package puts them.`,
    );
  } else {
    console.log(`PostgreSQL: ${postgres.path} (${postgres.version})`);
  }
  if (bouncer === null)
    console.error('There is no PgBouncer. Install one: apt-get install pgbouncer, brew install pgbouncer.');
  else console.log(`PgBouncer: ${bouncer} (${versionOf(bouncer)})`);
  return browser !== null && postgres !== null && bouncer !== null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await ensureTools()) ? 0 : 1;
