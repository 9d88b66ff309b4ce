import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU time so far, in seconds, of a process and all that it started, those that ended and were waited for included. */
export function cpuSeconds(pid: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const wanted = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid: child, parent } of processes) {
      if (!wanted.has(parent) || wanted.has(child)) continue;
      wanted.add(child);
      grown = true;
    }
  }
  const ticks = processes.filter((process) => wanted.has(process.pid)).reduce((sum, process) => sum + process.ticks, 0);
  return ticks / TICKS_PER_SECOND;
}

function readStat(pid: number): { pid: number; parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and brackets; the fields after its last bracket are numbers, from the state (3rd) on.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const at = (field: number) => Number(fields[field - 3] ?? 0);
    return { pid, parent: at(4), ticks: at(14) + at(15) + at(16) + at(17) };
  } catch {
    // It ended between the listing and the reading.
    return null;
  }
}
