/**
 * `npm run cli -- <command>`: builds the command line when its sources changed since the last build, then runs it in this
 * process. Pages are not built for it. Standard output stays the command's own.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles, generateClient, isBuildFresh, root, sourceDigest } from './build.mjs';

const stampPath = join(root, 'dist', 'cli-stamp');

function isFresh() {
  if (!existsSync(join(root, 'dist', 'cli.js'))) return false;
  return isBuildFresh() || (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === sourceDigest());
}

process.env.NODE_ENV = 'production';
if (!isFresh()) {
  try {
    const digest = sourceDigest();
    mkdirSync(join(root, 'dist'), { recursive: true });
    generateClient();
    await buildBundles();
    writeFileSync(stampPath, digest);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
await import('../dist/cli.js');
