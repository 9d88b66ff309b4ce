import { readFileSync } from 'node:fs';
import { runLoad } from '../load';
import { measureOnBooks } from './ledger';
import type { Options } from './options';
import { createKeys, recordFreshEvents } from './requests';
import { printHead, printRow } from './table';

const MINUTES = 5;

/** Five minutes at 128 connections: the process's memory, minute by minute. */
export async function measureSoak({ databases }: Options): Promise<void> {
  printHead(['database', 'minute', 'requests/s', 'p99 ms', 'resident MiB']);
  for (const kind of databases) {
    await measureOnBooks(kind, async (product, ledger) => {
      const nextRequest = recordFreshEvents(product, await createKeys(product, 200));
      for (let minute = 1; minute <= MINUTES; minute += 1) {
        const result = await runLoad({ port: product.port, connections: 128, seconds: 60, nextRequest });
        ledger.add(result.requests);
        const resident = Math.round(residentMebibytes(product.pid));
        printRow([kind, minute, Math.round(result.requestsPerSecond), result.p99Milliseconds.toFixed(1), resident]);
      }
    });
  }
}

function residentMebibytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
