import { z } from 'zod';
import { MEASURES } from '../../books/contract';
import { SCOPES } from '../../core/call';
import { type Audience, defineEndpoint, type Method } from '../../core/endpoint';
import { OFFSET_MAX } from '../../core/page';
import { isStorableText, text } from '../../core/text';
import { USAGE_WINDOWS } from '../../core/time-window';
import { createHoldInput } from '../../holds/contract';
import { createPriceInput } from '../../prices/contract';
import { BATCH_EVENTS_MAX, eventContent, usageEvent } from '../../usage/contract';

/** The product's own routes, which add to the four vendors' contracts what a self-hoster needs most. */
const nothing = z.object({});
const usd = z.number().describe('US dollars, exact to nine decimals');
const instant = z.string().describe('ISO 8601');
const offset = z.coerce.number().pipe(z.int().min(0).max(OFFSET_MAX)).default(0);

function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType>(
  operationId: string,
  [method, path]: readonly [Method, string],
  outline: {
    tag: string;
    summary: string;
    description?: string;
    audience: Audience;
    params: P;
    query: Q;
    body: B;
    success: S;
    status?: number;
    errors: readonly number[];
    isHot?: boolean;
  },
) {
  return defineEndpoint({
    operationId,
    contract: 'native',
    tag: outline.tag,
    summary: outline.summary,
    ...(outline.description ? { description: outline.description } : {}),
    method,
    path,
    audience: outline.audience,
    params: outline.params,
    query: outline.query,
    body: outline.body,
    success: { status: outline.status ?? 200, description: outline.summary, schema: outline.success },
    errors: outline.errors,
    isHot: outline.isHot ?? false,
  });
}

const PRICED_BY = ['caller', 'model', 'usage_name', 'unpriced'] as const;
const eventResult = z
  .object({
    status: z.enum(['recorded', 'duplicate', 'conflict', 'rejected']),
    event_id: z.uuid().optional(),
    cost_usd: usd.optional(),
    priced_by: z.enum(PRICED_BY).optional(),
    limit_remaining: usd.nullable().optional(),
    over_hold: z.literal(true).optional(),
    late: z.literal(true).optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'UsageEventResult' });

export const recordUsageEvents = endpoint('recordUsageEvents', ['POST', '/api/v1/usage-events'], {
  tag: 'Usage',
  summary: 'Record up to 1,000 usage events; each has its own verdict',
  description:
    'Every event that the answer calls recorded is durable before the answer is sent. An event with an idempotency_key may be sent again: the same content is a duplicate and counts once, other content is a conflict.',
  audience: { kind: 'management', scope: 'usage:write' },
  params: nothing,
  query: nothing,
  // The events are judged one by one, so that a bad one leaves the others unaffected; `usageEvent` says how they look.
  body: z.object({
    events: z
      .array(z.unknown())
      .min(1)
      .max(BATCH_EVENTS_MAX)
      .meta({ items: z.toJSONSchema(usageEvent, { io: 'input', unrepresentable: 'any' }) }),
  }),
  success: z.object({
    results: z.array(eventResult),
    recorded: z.int(),
    duplicate: z.int(),
    conflict: z.int(),
    rejected: z.int(),
  }),
  errors: [400, 403, 413],
  isHot: true,
});

const identifier = z.string().transform((value) => (isStorableText(value) ? value : ''));
const holdInfo = z
  .object({
    id: z.uuid(),
    key_hash: z.string(),
    amount_usd: usd,
    expires_at: instant,
    limit_remaining: usd.nullable(),
    limit_resets_at: instant.nullable(),
  })
  .meta({ id: 'Hold' });
const USAGE_WRITE: Audience = { kind: 'management', scope: 'usage:write' };

export const createHold = endpoint('createHold', ['POST', '/api/v1/holds'], {
  tag: 'Usage',
  summary: 'Reserve an amount on a key before the spending happens',
  description:
    'Granted only where the limit of the key and every budget of its workspace have room beside what is used and held, whatever the number of concurrent callers. An expired hold frees its amount by time alone. The same idempotency_key and content again: 200 with the first hold.',
  audience: USAGE_WRITE,
  params: nothing,
  query: nothing,
  body: createHoldInput,
  success: z.object({ data: holdInfo }),
  status: 201,
  errors: [400, 402, 403, 404, 409, 413],
  isHot: true,
});

export const settleHold = endpoint('settleHold', ['POST', '/api/v1/holds/{id}/settle'], {
  tag: 'Usage',
  summary: 'Settle a hold into a usage event of what was really spent',
  audience: USAGE_WRITE,
  params: z.object({ id: identifier }),
  query: nothing,
  body: eventContent.omit({ hold_id: true }),
  success: z.object({ data: eventResult }),
  errors: [400, 403, 404, 409, 413],
  isHot: true,
});

export const releaseHold = endpoint('releaseHold', ['DELETE', '/api/v1/holds/{id}'], {
  tag: 'Usage',
  summary: 'Release a hold that nothing was spent of',
  audience: USAGE_WRITE,
  params: z.object({ id: identifier }),
  query: nothing,
  body: null,
  success: z.object({ deleted: z.literal(true) }),
  errors: [403, 404, 409],
  isHot: true,
});

export const getReconciliation = endpoint('getReconciliation', ['GET', '/api/v1/reconciliation'], {
  tag: 'Usage',
  summary: 'The proof that the books balance',
  description:
    'For every key and window, the sum over the events, the counters and the roll-ups must be the same, in requests, errors, tokens and nano-dollars. It adds up every event, so it takes its time on a large ledger.',
  audience: { kind: 'management', scope: 'usage:read' },
  params: nothing,
  query: nothing,
  body: null,
  success: z.object({
    data: z.object({
      balanced: z.boolean(),
      checked_at: instant,
      events: z.int(),
      spend_usd: usd,
      differences: z.array(
        z.object({
          key_hash: z.string().nullable(),
          measure: z.enum(MEASURES),
          window: z.enum(USAGE_WINDOWS),
          starts_on: z.string(),
          events: z.number(),
          counters: z.number().nullable(),
          rollups: z.number().nullable(),
          rollup: z.string().nullable(),
        }),
      ),
    }),
  }),
  errors: [403],
});

const managementKeyInfo = z
  .object({
    id: z.uuid(),
    name: z.string(),
    label: z.string(),
    workspace_id: z.uuid().nullable(),
    scopes: z.array(z.enum(SCOPES)),
    disabled: z.boolean(),
    created_at: instant,
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ManagementKey' });
export type ManagementKeyInfo = z.infer<typeof managementKeyInfo>;

const KEYS_WRITE: Audience = { kind: 'management', scope: 'keys:write' };

export const createManagementKey = endpoint('createManagementKey', ['POST', '/api/v1/management-keys'], {
  tag: 'Management keys',
  summary: 'Create a management key, never wider than the caller; its secret is in this answer only',
  audience: KEYS_WRITE,
  params: nothing,
  query: nothing,
  body: z.object({
    name: text(1, 200),
    workspace_id: z.uuid().nullable(),
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length).optional(),
    expires_at: z.iso
      .datetime({ offset: true })
      .transform((value) => new Date(value))
      .nullish(),
  }),
  success: z.object({ data: managementKeyInfo, key: z.string() }),
  status: 201,
  errors: [400, 403, 413],
});

export const listManagementKeys = endpoint('listManagementKeys', ['GET', '/api/v1/management-keys'], {
  tag: 'Management keys',
  summary: 'Management keys, newest first, a hundred at a time',
  audience: KEYS_WRITE,
  params: nothing,
  query: z.object({ offset, workspace_id: z.uuid().optional() }),
  body: null,
  success: z.object({ data: z.array(managementKeyInfo), total_count: z.int() }),
  errors: [400, 403],
});

export const deleteManagementKey = endpoint('deleteManagementKey', ['DELETE', '/api/v1/management-keys/{id}'], {
  tag: 'Management keys',
  summary: 'Delete a management key; it is refused at once',
  audience: KEYS_WRITE,
  params: z.object({ id: z.string().transform((value) => (isStorableText(value) ? value : '')) }),
  query: nothing,
  body: null,
  success: z.object({ deleted: z.literal(true) }),
  errors: [403, 404],
});

const price = z
  .object({
    id: z.uuid(),
    workspace_id: z.uuid().nullable(),
    model: z.string().nullable(),
    usage_name: z.string().nullable(),
    provider: z.string().nullable(),
    valid_from: instant,
    usd_per_million: z
      .object({ input: usd, output: usd, cache_read: usd.nullable(), cache_write: usd.nullable() })
      .nullable(),
    usd_per_unit: usd.nullable(),
    source: z.string(),
    created_at: instant,
  })
  .meta({ id: 'Price' });
export type PriceInfo = z.infer<typeof price>;

export const listPrices = endpoint('listPrices', ['GET', '/api/v1/prices'], {
  tag: 'Prices',
  summary: 'The price book',
  audience: { kind: 'management', scope: 'usage:read' },
  params: nothing,
  query: z.object({
    offset,
    limit: z.coerce.number().pipe(z.int().min(1).max(1000)).default(100),
    search: text(0, 200).default(''),
  }),
  body: null,
  success: z.object({ data: z.array(price), total_count: z.int() }),
  errors: [400, 403],
});

export const createPrice = endpoint('createPrice', ['POST', '/api/v1/prices'], {
  tag: 'Prices',
  summary: 'Add a price; it holds from valid_from until the next of the same name',
  audience: { kind: 'management', scope: 'workspaces:write' },
  params: nothing,
  query: nothing,
  body: createPriceInput,
  success: z.object({ data: price }),
  status: 201,
  errors: [400, 403, 413],
});
