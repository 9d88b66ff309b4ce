import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildBundles, root } from '../../scripts/build.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The command line as it is shipped, in one file and its chunks. */
    commandLine: string;
  }
}

/** Bundles the command line once for all tests that start it. Returns what removes it. */
export async function setup(project: TestProject): Promise<() => void> {
  // Beside the packages that it loads, and apart from what other runs and the product itself have built.
  const directory = join(root, 'node_modules', '.cache', `command-line-${process.pid}`);
  await buildBundles(directory);
  project.provide('commandLine', join(directory, 'cli.js'));
  return () => rmSync(directory, { recursive: true, force: true });
}
