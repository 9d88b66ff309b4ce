import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The directory that holds package.json and prisma/, found by walking up from this module.
 * Sources lie two levels below it and the bundles in dist/ one, so a fixed relative path would fit only one of them.
 * Falls back to the working directory, where a bundler gives modules an address that is no file.
 */
export function projectDirectory(): string {
  const start = import.meta.url.startsWith('file:') ? dirname(fileURLToPath(import.meta.url)) : process.cwd();
  for (let directory = start; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'prisma', 'schema.prisma'))) return directory;
    if (directory === dirname(directory)) return process.cwd();
  }
}
