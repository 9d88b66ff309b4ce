import { join } from 'node:path';
import { z } from 'zod';
import { finishDemo } from '../lib/demo/commands/finish-demo';
import { type PreparedDemo, prepareDemo } from '../lib/demo/commands/prepare-demo';
import { countDemoEvents, recordDemo } from '../lib/demo/commands/record-demo';
import type { DemoPlan } from '../lib/demo/contract';
import { DEMO_KEYS, TRACE_KEYS } from '../lib/demo/keys';
import { importMapping } from '../lib/imports/contract';
import { projectDirectory } from '../lib/server/project-directory';
import { workspaceSlug } from '../lib/workspaces/contract';
import { defineCommand, option } from './command';
import { importFile } from './import-file';
import { note } from './io';
import { wholeNumber } from './option-schemas';
import { formatCount, formatSeconds, Progress } from './progress';
import { type Session, withDatabase } from './with-database';

const TRACE = join('data-samples', 'azure-llm-inference-2023-code.csv');
const HOUR_MILLISECONDS = 3_600_000;

/** The trace is one busy hour, as busy as days of the other traffic: each key had it long enough ago to leave the month readable. */
const TRACES = [
  {
    key: TRACE_KEYS.completion,
    model: 'mistral/codestral-latest',
    endpoint: 'POST /v1/fim/completions',
    hoursBack: 74 * 24,
  },
  { key: TRACE_KEYS.review, model: 'openai/gpt-4.1-mini', endpoint: 'POST /v1/chat/completions', hoursBack: 60 * 24 },
] as const;

export const demo = defineCommand({
  name: 'demo',
  summary: `Make a workspace to look at: ${DEMO_KEYS.length} keys of all kinds, with months of traffic up to now.`,
  options: z.object({
    workspace: option(workspaceSlug.default('demo'), 'SLUG', 'The workspace to make; demo without'),
    seed: option(wholeNumber(0, 4_294_967_295).default(1), 'N', 'The same seed makes the same traffic; 1 without'),
    days: option(wholeNumber(1, 365).default(90), 'N', 'How many days of traffic; 90 without'),
  }),
  examples: ['npm run cli -- demo', 'npm run cli -- demo --workspace demo-2 --seed 7 --days 30'],
  notes: [
    'It never touches a workspace that it did not make. Stop it at any time and run it again: it goes on.',
    'Two keys bring a public trace of real requests; see data-samples/README.md.',
  ],
  run: async ({ options: { workspace, seed, days }, io }) =>
    withDatabase(async (session) => {
      const startedAt = performance.now();
      const prepared = await prepareDemo(session.call(), workspace, seed, days);
      if (prepared.run.finishedAt !== null) {
        note(
          io,
          `Workspace ${workspace} has its demo already, up to ${prepared.end.toISOString()}. Name another workspace for a new one.`,
        );
        return 0;
      }
      const plan: DemoPlan = { seed, days, end: prepared.end };
      const eventCount = countDemoEvents(plan);
      const progress = new Progress(io, 'Events', eventCount, prepared.run.rowsDone);
      await recordDemo(session.call, prepared, plan, (done) => {
        progress.update(done);
        session.throwIfStopped();
      });
      progress.clear();
      const traced = await importTraces(session, prepared);
      await finishDemo(session.call(), prepared, plan, eventCount);
      const seconds = formatSeconds((performance.now() - startedAt) / 1000);
      note(
        io,
        `Workspace ${workspace}: ${DEMO_KEYS.length} keys, ${formatCount(eventCount + traced)} events over ${days} days, in ${seconds}.`,
      );
      return 0;
    }),
});

async function importTraces(session: Session, { workspaceId, hashes, end }: PreparedDemo): Promise<number> {
  let rows = 0;
  for (const { key, model, endpoint, hoursBack } of TRACES) {
    const shiftToEnd = new Date(end.getTime() - hoursBack * HOUR_MILLISECONDS).toISOString();
    const totals = await importFile(session, {
      path: join(projectDirectory(), TRACE),
      delimiter: ',',
      workspaceId,
      isCreatingKeys: false,
      isSkippingBad: false,
      mapping: importMapping.parse({
        key: { hash: hashes.get(key.name) },
        time: { column: 'TIMESTAMP', shiftToEnd },
        fields: {
          model: { value: model },
          endpoint: { value: endpoint },
          prompt_tokens: { column: 'ContextTokens' },
          completion_tokens: { column: 'GeneratedTokens' },
        },
      }),
    });
    if (totals.rejected > 0) throw new Error(`${totals.rejected} rows of the trace were refused.`);
    rows += totals.rows;
  }
  return rows;
}
