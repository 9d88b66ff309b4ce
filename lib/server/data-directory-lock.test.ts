import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockDataDirectory } from './data-directory-lock';
import { identifyProcess, type ProcessIdentity, processNamespace } from './process-identity';

const { pause } = vi.hoisted(() => ({ pause: vi.fn() }));
vi.mock('node:timers/promises', () => ({ setTimeout: pause }));

let dataDirectory: string;

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'keyledger-lock-'));
  mkdirSync(join(dataDirectory, 'locks'));
  pause.mockReset();
});
afterEach(() => rmSync(dataDirectory, { recursive: true }));

/** Leaves the claim of a process in the directory, as one that was killed does. */
function leaveClaim(holder: ProcessIdentity, namespace = processNamespace()): void {
  const name = [holder.pid, holder.startedAt, holder.pid, holder.startedAt, namespace].join('-');
  writeFileSync(join(dataDirectory, 'locks', name), '');
}

/** A process that is gone by now. */
async function findDead(): Promise<ProcessIdentity> {
  const child = spawn('sleep', ['60']);
  const identity = identifyProcess(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  if (!identity) throw new Error('The process was not found while it ran.');
  return identity;
}

const lock = (isServing = false) => lockDataDirectory(dataDirectory, () => Promise.resolve(isServing));
const claims = () => readdirSync(join(dataDirectory, 'locks'));

describe('lockDataDirectory', () => {
  it('waits for nobody where the others were killed', async () => {
    leaveClaim(await findDead());
    leaveClaim(await findDead());
    const release = await lock();
    expect(pause).not.toHaveBeenCalled();
    expect(claims()).toHaveLength(1);
    await release();
    expect(claims()).toEqual([]);
  });

  it('waits for nobody of another container that does not answer', async () => {
    leaveClaim({ pid: process.ppid, startedAt: 1 }, '00000000');
    await lock();
    expect(pause).not.toHaveBeenCalled();
  });

  it('waits for one that lives, without a claim of its own meanwhile, and follows it', async () => {
    const living = identifyProcess(process.ppid);
    if (!living) throw new Error('The process that started this one is not in the process table.');
    leaveClaim(living);
    const [others] = claims();
    pause.mockImplementationOnce(() => {
      expect(claims()).toEqual([others]);
      return Promise.resolve();
    });
    pause.mockImplementationOnce(() => rmSync(join(dataDirectory, 'locks', others ?? '')));
    await lock();
    expect(pause).toHaveBeenCalledTimes(2);
    expect(claims()).not.toContain(others);
  });
});
