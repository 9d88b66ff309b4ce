/**
 * Builds what production runs: Prisma's client, Next's pages, and the bundles of the server, the command line and the
 * database's process. Nothing is built when the sources have not changed since.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { build } from 'esbuild';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampPath = join(root, 'dist', 'build-stamp');
const SOURCES = [
  'app',
  'components',
  'lib',
  'cli',
  'prisma',
  'public',
  'scripts/build.mjs',
  'server.ts',
  'server-pages.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'prisma.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

function* filesOf(path) {
  if (!existsSync(path)) return;
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    // Not a directory: a file stands for itself.
    yield path;
    return;
  }
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (/\.test\.tsx?$/.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesOf(join(path, entry.name));
    else yield join(path, entry.name);
  }
}

/** A digest of all that goes into the build. Contents, not times: a fresh clone has new times and old contents. */
export function sourceDigest() {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for (const file of filesOf(join(root, source)))
      hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export function isBuildFresh() {
  return (
    existsSync(stampPath) &&
    existsSync(join(root, '.next', 'BUILD_ID')) &&
    readFileSync(stampPath, 'utf8') === sourceDigest()
  );
}

/** Output goes to standard error: standard output belongs to what is run after the build. A quiet one shows it when it fails. */
function run(command, args, isQuiet = false) {
  const result = spawnSync(process.execPath, [join(root, 'node_modules', command), ...args], {
    cwd: root,
    stdio: isQuiet ? 'pipe' : ['ignore', 2, 2],
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      NODE_ENV: 'production',
    },
  });
  if (result.status !== 0 && isQuiet) process.stderr.write(Buffer.concat([result.stdout, result.stderr]));
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed.`);
}

export function generateClient() {
  run('prisma/build/index.js', ['generate'], true);
}

/** Removes what earlier builds left: chunks are named by their content, so each build adds its own. */
function removeOthers(outputs) {
  const kept = new Set(Object.keys(outputs).map((path) => join(root, path)));
  const left = readdirSync(join(root, 'dist')).filter((name) => /\.js(\.map)?$/.test(name));
  for (const name of left) if (!kept.has(join(root, 'dist', name))) rmSync(join(root, 'dist', name));
}

/** Chunks of earlier builds stay: a running server may still load them. Returns what esbuild says of the outputs. */
export async function buildBundles(outdir = 'dist') {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      server: 'server.ts',
      cli: 'cli/main.ts',
      'server-pages': 'server-pages.ts',
      'migrate-process': 'lib/server/migrate-process.ts',
      'embedded-postgres-process': 'lib/server/embedded-postgres-process.ts',
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

const COMPRESSION = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** Compresses scripts and style sheets once, better than could be done for each request; see lib/entry/compressed-assets. */
async function compressAssets() {
  const files = [...filesOf(join(root, '.next', 'static'))].filter((path) => /\.(js|css)$/.test(path));
  await Promise.all(
    files.map(async (path) => {
      writeFileSync(`${path}.br`, await promisify(brotliCompress)(readFileSync(path), COMPRESSION));
    }),
  );
}

export async function buildAll() {
  rmSync(stampPath, { force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  generateClient();
  removeOthers((await buildBundles()).outputs);
  run('next/dist/bin/next', ['build']);
  await compressAssets();
  writeFileSync(stampPath, sourceDigest());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--if-stale') && isBuildFresh()) process.exit(0);
    await buildAll();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
