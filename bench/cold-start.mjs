/**
 * Cold start on an existing data directory, side by side in one run: the built product, and a bare `node` that loads
 * nothing, as the unit of this machine. Also the resident memory of the whole process tree once it has answered.
 *
 *   npm run bench:cold-start -- [rounds]
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const rounds = Number(process.argv[2] ?? 5);
const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Process ids of a process and of all below it. */
function treeOf(pid) {
  const parents = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(entry), Number(readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1].split(' ')[1]));
    } catch {
      // The process ended between the two readings.
    }
  }
  const tree = [pid];
  for (const id of tree) for (const [child, parent] of parents) if (parent === id) tree.push(child);
  return tree;
}

function residentMebibytes(pid) {
  return treeOf(pid).reduce(
    (sum, id) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    0,
  );
}

async function measureStart(dataDirectory) {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      KEYLEDGER_DATA_DIR: dataDirectory,
      DATABASE_URL: '',
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  });
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      if (answer.status === 200) break;
    } catch {
      // Not listening yet.
    }
    if (performance.now() - startedAt > 60_000) throw new Error('The server did not answer within a minute.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const milliseconds = performance.now() - startedAt;
  const mebibytes = residentMebibytes(child.pid);
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return { milliseconds, mebibytes };
}

function measureBareNode() {
  const startedAt = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - startedAt;
}

const directory = mkdtempSync(join(tmpdir(), 'keyledger-bench-'));
try {
  await measureStart(directory);
  const starts = [];
  const bare = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(measureBareNode());
    starts.push(await measureStart(directory));
  }
  const start = median(starts.map(({ milliseconds }) => milliseconds));
  console.log(
    `first answer of /readyz: median ${start.toFixed(0)} ms of ${rounds} rounds (${(start / median(bare)).toFixed(0)} × a bare node at ${median(bare).toFixed(0)} ms)`,
  );
  console.log(
    `resident memory of the process tree: median ${median(starts.map(({ mebibytes }) => mebibytes)).toFixed(0)} MiB`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
