import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Starts an entry of this project as a process of its own, with a channel of messages; its output goes where this
 * process's goes. `address` is the entry's without the extension, beside the module that asks: a TypeScript source that tsx
 * runs, or in dist/ a bundle of its own. `options` are those of Node.
 */
export function forkEntry(address: URL, args: readonly string[] = [], options: readonly string[] = []): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const path = `${fileURLToPath(address)}.${isSource ? 'ts' : 'js'}`;
  return fork(path, args, {
    execArgv: [
      ...options,
      ...(isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : []),
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
