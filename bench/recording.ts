/**
 * Recording and verifying through the product, beside a Next route handler that does nothing, a bare `node:http` and
 * the same endpoint answered by Next, in one run with interleaved rounds. Checks the books after every part but
 * `growth`, whose databases hold more than it records.
 *
 *   npm run bench:recording -- [--part single|batches|processes|churn|soak|growth] [--database embedded|server]
 *                              [--seconds 4] [--rounds 5] [--connections 32,128] [--only NAME,NAME]
 *                              [--directory DIR]  where `growth` keeps its databases, those of bench:analytics
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureBatches } from './recording/batches';
import { measureChurn } from './recording/churn';
import { measureGrowth } from './recording/growth';
import type { Options } from './recording/options';
import { measureProcesses } from './recording/processes';
import { measureSingle } from './recording/single';
import { measureSoak } from './recording/soak';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    database: { type: 'string' },
    connections: { type: 'string', default: '32,128' },
    only: { type: 'string', default: '' },
    directory: { type: 'string', default: join(tmpdir(), 'keyledger-bench-analytics') },
  },
});
const { database } = values;
const options: Options = {
  databases: database === 'embedded' || database === 'server' ? [database] : ['embedded', 'server'],
  connectionCounts: values.connections.split(',').map(Number),
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  only: values.only === '' ? [] : values.only.split(','),
  directory: values.directory,
};

const PARTS = new Map<string, (options: Options) => Promise<void>>([
  ['single', measureSingle],
  ['batches', measureBatches],
  ['processes', measureProcesses],
  ['churn', measureChurn],
  ['growth', measureGrowth],
  ['soak', measureSoak],
]);
/** The others take long, and are measured when they are named. */
const USUAL_PARTS = ['single', 'batches', 'processes'];

for (const name of values.part === undefined ? USUAL_PARTS : [values.part]) {
  const measurePart = PARTS.get(name);
  if (!measurePart) throw new Error(`There is no part "${name}", but ${[...PARTS.keys()].join(', ')}.`);
  await measurePart(options);
}
