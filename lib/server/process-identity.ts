import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * A process, told apart from a later one with the same number by when it started.
 * `startedAt` is in clock ticks since boot on Linux and in Unix seconds elsewhere: compared, never shown.
 */
export type ProcessIdentity = { pid: number; startedAt: number };

/** The process with number `pid`, or null when there is none or it is dead and only waits for its parent to notice. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const startedAt = process.platform === 'linux' ? readLinuxStart(pid) : readStart(pid);
  return startedAt === null ? null : { pid, startedAt };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.startedAt === identity.startedAt;
}

/**
 * Names the space within which process numbers mean something: a boot of a machine, and a container on it.
 * Eight hexadecimal digits; the same for all processes outside Linux.
 */
export function processNamespace(): string {
  const parts = process.platform === 'linux' ? [readBootId(), readlinkSync('/proc/self/ns/pid')] : [process.platform];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

function readBootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** Fields 3 (state) and 22 (starttime) of /proc/<pid>/stat, counted behind the parenthesis that ends the command: proc(5). */
function readLinuxStart(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const isDead = fields[0] === 'Z' || fields[0] === 'X';
    return isDead ? null : Number(fields[19]);
  } catch {
    // The process is gone, or went while its entry was read.
    return null;
  }
}

function readStart(pid: number): number | null {
  try {
    const output = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [state = '', ...start] = output.split(/\s+/);
    return state === '' || state.startsWith('Z') ? null : Math.floor(Date.parse(start.join(' ')) / 1000);
  } catch {
    // `ps` exits with 1 when there is no such process.
    return null;
  }
}
