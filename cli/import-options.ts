import { z } from 'zod';
import { text } from '../lib/core/text';
import { type FieldSource, type ImportField, type ImportMapping, importMapping } from '../lib/imports/contract';
import { timeZone } from '../lib/workspaces/contract';
import { flag, option } from './command';
import { UsageError } from './failure';

const name = text(1, 200).optional();
const column = (field: string) => option(name, 'COLUMN', `Column of ${field}`);
const same = (what: string) => option(name, 'NAME', `${what} of every row`);

export const importOptions = z.object({
  workspace: option(z.string(), 'SLUG', 'Workspace of the keys'),
  'key-hash': option(z.string().optional(), 'HASH', 'One key for every row, by its hash'),
  'key-column': option(name, 'COLUMN', 'Column of each row’s key: its hash, or its name in the workspace'),
  'create-keys': flag(z.boolean().optional(), 'With --key-column: create keys for names that no key bears'),
  'time-column': option(text(1, 200), 'COLUMN', 'Column of the time at which a request happened'),
  'time-format': option(
    text(1, 60).optional(),
    'FORMAT',
    'iso (default), unix, unix-ms, or a pattern such as DD.MM.YYYY HH:mm:ss',
  ),
  'time-zone': option(timeZone.optional(), 'ZONE', 'IANA zone of times without an offset; UTC without'),
  'shift-to-end': option(
    z.string().optional(),
    'today|TIME',
    'Move all times so that the last row falls at this moment',
  ),
  model: same('Model'),
  'model-column': column('the model, such as openai/gpt-4o'),
  provider: same('Provider'),
  'provider-column': column('the provider'),
  endpoint: same('Endpoint'),
  'endpoint-column': column('the endpoint, such as POST /v1/chat/completions'),
  'status-column': column('the HTTP status; 200 without'),
  'latency-column': column('the latency in milliseconds'),
  'environment-column': column('the environment, live or test; the key’s own without'),
  'prompt-tokens-column': column('input tokens, those of the cache included'),
  'completion-tokens-column': column('output tokens'),
  'cached-prompt-tokens-column': column('input tokens read from the cache'),
  'cache-creation-tokens-column': column('input tokens written to the cache'),
  'usage-name': same('Name of the metered units'),
  'usage-name-column': column('the name of the metered units'),
  'usage-column': column('metered units'),
  'cost-column': column('the cost in US dollars; priced from the price book without'),
  'byok-column': column('true or false: spent through the caller’s own provider key'),
  delimiter: option(
    z.string().length(1, 'must be one character').optional(),
    'CHARACTER',
    'What parts the cells; a comma without',
  ),
  'skip-bad': flag(z.boolean().optional(), 'Leave rows out that cannot be recorded, and succeed all the same'),
  rejects: option(
    z.string().optional(),
    'FILE',
    'Write rows that cannot be recorded to this CSV file, with the reason',
  ),
});
export type ImportOptions = z.output<typeof importOptions>;

/** The mapping that the options describe. Throws UsageError where they contradict each other. */
export function mappingOf(options: ImportOptions): ImportMapping {
  const keyHash = options['key-hash'];
  const keyColumn = options['key-column'];
  if ((keyHash === undefined) === (keyColumn === undefined))
    throw new UsageError('Give either --key-hash or --key-column.');
  if (options['create-keys'] && keyColumn === undefined) throw new UsageError('--create-keys goes with --key-column.');
  const parsed = importMapping.safeParse({
    key: keyHash === undefined ? { column: keyColumn } : { hash: keyHash },
    time: {
      column: options['time-column'],
      format: options['time-format'],
      zone: options['time-zone'],
      shiftToEnd: options['shift-to-end'] ?? null,
    },
    fields: Object.fromEntries(fieldSources(options)),
  });
  if (parsed.success) return parsed.data;
  throw new UsageError(describeFault(String(parsed.error.issues[0]?.path.join('.'))));
}

function describeFault(path: string): string {
  if (path.startsWith('key')) return '--key-hash: must be the 64 hex digits of a key’s hash.';
  if (path.startsWith('time.shiftToEnd'))
    return '--shift-to-end: must be today, or a time with its offset such as 2027-01-01T00:00:00Z.';
  return `The options do not fit together (${path}).`;
}

function fieldSources(options: ImportOptions): [ImportField, FieldSource][] {
  return [
    source('model', options.model, options['model-column']),
    source('provider', options.provider, options['provider-column']),
    source('endpoint', options.endpoint, options['endpoint-column']),
    source('status', undefined, options['status-column']),
    source('latency_ms', undefined, options['latency-column']),
    source('environment', undefined, options['environment-column']),
    source('prompt_tokens', undefined, options['prompt-tokens-column']),
    source('completion_tokens', undefined, options['completion-tokens-column']),
    source('cached_prompt_tokens', undefined, options['cached-prompt-tokens-column']),
    source('cache_creation_tokens', undefined, options['cache-creation-tokens-column']),
    source('usage_name', options['usage-name'], options['usage-name-column']),
    source('usage', undefined, options['usage-column']),
    source('cost_usd', undefined, options['cost-column']),
    source('is_byok', undefined, options['byok-column']),
  ].flat();
}

function source(field: ImportField, value: string | undefined, from: string | undefined): [ImportField, FieldSource][] {
  if (value !== undefined && from !== undefined) {
    const option = field.replaceAll('_', '-');
    throw new UsageError(`Give either --${option} or --${option}-column.`);
  }
  if (value !== undefined) return [[field, { value }]];
  return from === undefined ? [] : [[field, { column: from }]];
}
