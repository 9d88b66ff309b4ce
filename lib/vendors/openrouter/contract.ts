import { z } from 'zod';
import type { Audience } from '../../core/endpoint';
import { defineEndpoint, type Method } from '../../core/endpoint';
import { INT64_MAX, parseUsd } from '../../core/money';
import { OFFSET_MAX } from '../../core/page';
import { isStorableText, text } from '../../core/text';
import { TAGS_MAX } from '../../keys/bounds';
import { EXTERNAL_SECRET_LENGTH_MIN, graceSeconds, keyName, tag } from '../../keys/contract';
import { workspaceName, workspaceSlug } from '../../workspaces/contract';

/** OpenRouter's key management API. Sources: openrouter.ai API reference; the schemas of npm `@openrouter/sdk`. */
export const KEY_PAGE_SIZE = 100;

const usdIn = (isAllowed: (nanoUsd: bigint) => boolean, rule: string) =>
  z.number().transform((value, context) => {
    const amount = parseUsd(value);
    if (amount.ok && amount.nanoUsd <= INT64_MAX && isAllowed(amount.nanoUsd)) return amount.nanoUsd;
    context.addIssue({ code: 'custom', message: amount.ok ? rule : `The amount ${amount.fault}.` });
    return z.NEVER;
  });

const usd = z.number().describe('US dollars, exact to nine decimals');
const instant = z.string().describe('ISO 8601');
const nothing = z.object({});
const interval = z.enum(['daily', 'weekly', 'monthly']);

export const keyInfo = z
  .object({
    hash: z.string(),
    name: z.string(),
    label: z.string(),
    disabled: z.boolean(),
    limit: usd.nullable(),
    limit_remaining: usd.nullable(),
    limit_reset: interval.nullable(),
    include_byok_in_limit: z.boolean(),
    usage: usd,
    usage_daily: usd,
    usage_weekly: usd,
    usage_monthly: usd,
    byok_usage: usd,
    byok_usage_daily: usd,
    byok_usage_weekly: usd,
    byok_usage_monthly: usd,
    created_at: instant,
    updated_at: instant.nullable(),
    creator_user_id: z.string().nullable(),
    workspace_id: z.uuid(),
    expires_at: instant.nullable(),
    external_user: z.string().nullable(),
    environment: z.enum(['live', 'test']),
    limit_used: usd,
    limit_resets_at: instant.nullable(),
    held: usd,
    last_used_at: instant.nullable(),
    owner: z.string().nullable(),
    tags: z.array(z.string()),
    rotated_at: instant.nullable(),
  })
  .meta({ id: 'KeyInfo' });
export type KeyInfo = z.infer<typeof keyInfo>;

export const currentKey = z
  .object({
    label: z.string(),
    limit: usd.nullable(),
    limit_remaining: usd.nullable(),
    limit_reset: interval.nullable(),
    include_byok_in_limit: z.boolean(),
    usage: usd,
    usage_daily: usd,
    usage_weekly: usd,
    usage_monthly: usd,
    byok_usage: usd,
    byok_usage_daily: usd,
    byok_usage_weekly: usd,
    byok_usage_monthly: usd,
    creator_user_id: z.string().nullable(),
    expires_at: instant.nullable(),
    is_free_tier: z.boolean(),
    is_management_key: z.boolean(),
    is_provisioning_key: z.boolean(),
    rate_limit: z.object({ requests: z.int(), interval: z.string(), note: z.string() }),
    allowed_data_regions: z.array(z.string()),
    free_model_daily_requests: z.object({ limit: z.int(), remaining: z.int(), used: z.int() }),
    organization_id: z.string().nullable(),
    workspace_id: z.string().nullable(),
  })
  .meta({ id: 'CurrentKey' });
export type CurrentKey = z.infer<typeof currentKey>;

/** `true`, `false`, `1` and `0`, as clients write booleans into queries. */
const flag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');
const offset = z.coerce.number().pipe(z.int().min(0).max(OFFSET_MAX)).optional();
/** A date and time in UTC with seconds; other zones are rejected, `+00:00` is UTC. */
const utcInstant = z.iso
  .datetime({ offset: true })
  .refine((value) => /(?:Z|[+-]00:00)$/i.test(value), 'must be in UTC, such as 2027-12-31T23:59:59Z')
  .transform((value) => new Date(value));

const limitFields = {
  limit: usdIn((nanoUsd) => nanoUsd >= 0n, 'must be 0 or more').nullish(),
  limit_reset: interval.nullish(),
  include_byok_in_limit: z.boolean().optional(),
};
const ownFields = { owner: text(1, 100).nullish(), tags: z.array(tag).max(TAGS_MAX).optional() };

const createKeyBody = z.object({
  name: keyName,
  ...limitFields,
  expires_at: utcInstant.nullish(),
  workspace_id: z.uuid().nullish(),
  creator_user_id: text(1, 200).nullish(),
  external: z.object({ user: text(1, 200), api_key: text(EXTERNAL_SECRET_LENGTH_MIN, 512).optional() }).nullish(),
  environment: z.enum(['live', 'test']).optional(),
  ...ownFields,
});

const updateKeyBody = z.object({
  name: keyName.optional(),
  disabled: z.boolean().optional(),
  ...limitFields,
  ...ownFields,
});

const workspaceInfo = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    description: z.string().nullable(),
    created_at: instant,
    updated_at: instant.nullable(),
    created_by: z.string().nullable(),
    default_guardrail_id: z.uuid(),
    default_image_model: z.string().nullable(),
    default_provider_sort: z.string().nullable(),
    default_text_model: z.string().nullable(),
    io_logging_api_key_ids: z.array(z.int()).nullable(),
    io_logging_sampling_rate: z.number(),
    is_data_discount_logging_enabled: z.boolean(),
    is_observability_broadcast_enabled: z.boolean(),
    is_observability_io_logging_enabled: z.boolean(),
    include_byok_in_budgets: z.boolean(),
    disabled_server_tools: z.array(z.string()).nullable(),
    time_zone: z.string(),
  })
  .meta({ id: 'Workspace' });
export type WorkspaceInfo = z.infer<typeof workspaceInfo>;

/** Kept with the workspace and given back; the product itself has no use for them. */
export const workspaceSettings = z.object({
  default_image_model: text(0, 200).nullish(),
  default_provider_sort: z.enum(['price', 'throughput', 'latency', 'exacto']).nullish(),
  default_text_model: text(0, 200).nullish(),
  io_logging_api_key_ids: z.array(z.int()).max(1000).nullish(),
  io_logging_sampling_rate: z.number().min(0.0001).max(1).optional(),
  is_data_discount_logging_enabled: z.boolean().optional(),
  is_observability_broadcast_enabled: z.boolean().optional(),
  is_observability_io_logging_enabled: z.boolean().optional(),
  disabled_server_tools: z.array(text(1, 100)).max(100).nullish(),
});

const createWorkspaceBody = workspaceSettings.extend({
  name: workspaceName,
  slug: workspaceSlug,
  description: text(0, 500).nullish(),
});

const budgetInfo = z
  .object({
    id: z.uuid(),
    workspace_id: z.uuid(),
    limit_usd: usd,
    reset_interval: interval.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'WorkspaceBudget' });

const memberInfo = z
  .object({
    id: z.string(),
    workspace_id: z.uuid(),
    user_id: z.string(),
    role: z.enum(['admin', 'member']),
    created_at: instant,
  })
  .meta({ id: 'WorkspaceMember' });

const deleted = z.object({ deleted: z.literal(true) });
// An identifier that could not be stored cannot be that of anything; it is looked up all the same and not found.
const identifier = z.string().transform((value) => (isStorableText(value) ? value : ''));
const hashParams = z.object({ hash: identifier });
const idParams = z.object({ id: identifier });
const intervalParams = idParams.extend({ interval: z.enum(['daily', 'weekly', 'monthly', 'lifetime']) });
const userIdsBody = z.object({ user_ids: z.array(text(1, 100)).min(1).max(100) });
const pageQuery = (limitDefault: number) =>
  z.object({
    offset: offset.default(0),
    limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(limitDefault),
  });

const READ: Audience = { kind: 'management', scope: 'keys:read' };
const WRITE: Audience = { kind: 'management', scope: 'keys:write' };
const MANAGE: Audience = { kind: 'management', scope: 'workspaces:write' };

interface Outline<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType> {
  readonly operationId: string;
  readonly at: readonly [Method, string];
  readonly summary: string;
  readonly audience: Audience;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly success: S;
  readonly status?: number;
  readonly errors: readonly number[];
}

function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType>(
  outline: Outline<P, Q, B, S>,
) {
  const [method, path] = outline.at;
  return defineEndpoint({
    operationId: outline.operationId,
    contract: 'openrouter',
    tag: path.startsWith('/api/v1/workspaces') ? 'Workspaces' : 'API keys',
    summary: outline.summary,
    method,
    path,
    audience: outline.audience,
    params: outline.params,
    query: outline.query,
    body: outline.body,
    success: { status: outline.status ?? 200, description: outline.summary, schema: outline.success },
    errors: outline.errors,
  });
}

const dataOf = <S extends z.ZodType>(schema: S) => z.object({ data: schema });

export const getCurrentKey = endpoint({
  operationId: 'getCurrentKey',
  at: ['GET', '/api/v1/key'],
  summary: 'The key that calls: what it spent and what is left',
  audience: { kind: 'any-key' },
  params: nothing,
  query: nothing,
  body: null,
  success: dataOf(currentKey),
  errors: [],
});

export const getAuthKey = defineEndpoint({
  ...getCurrentKey,
  operationId: 'getAuthKey',
  path: '/api/v1/auth/key',
  summary: 'Older name of GET /api/v1/key',
});

export const listKeys = endpoint({
  operationId: 'listKeys',
  at: ['GET', '/api/v1/keys'],
  summary: 'Keys of a workspace, newest first, a hundred at a time',
  audience: READ,
  params: nothing,
  query: z.object({
    include_disabled: flag.default(false),
    offset: offset.default(0),
    workspace_id: z.uuid().optional(),
  }),
  body: null,
  success: dataOf(z.array(keyInfo)),
  errors: [400],
});

export const createKey = endpoint({
  operationId: 'createKey',
  at: ['POST', '/api/v1/keys'],
  summary: 'Create a key; its secret is in this answer only',
  audience: WRITE,
  params: nothing,
  query: nothing,
  body: createKeyBody,
  success: z.object({ data: keyInfo, key: z.string() }),
  status: 201,
  errors: [400, 403, 413],
});

export const getKey = endpoint({
  operationId: 'getKey',
  at: ['GET', '/api/v1/keys/{hash}'],
  summary: 'A key',
  audience: READ,
  params: hashParams,
  query: nothing,
  body: null,
  success: dataOf(keyInfo),
  errors: [404],
});

export const updateKey = endpoint({
  operationId: 'updateKey',
  at: ['PATCH', '/api/v1/keys/{hash}'],
  summary: 'Change a key; absent fields stay, null clears',
  audience: WRITE,
  params: hashParams,
  query: nothing,
  body: updateKeyBody,
  success: dataOf(keyInfo),
  errors: [400, 404, 413],
});

export const deleteKey = endpoint({
  operationId: 'deleteKey',
  at: ['DELETE', '/api/v1/keys/{hash}'],
  summary: 'Delete a key; its usage stays on the books',
  audience: WRITE,
  params: hashParams,
  query: nothing,
  body: null,
  success: deleted,
  errors: [404],
});

export const rotateKey = endpoint({
  operationId: 'rotateKey',
  at: ['POST', '/api/v1/keys/{hash}/rotate'],
  summary: 'Give a key a new secret; hash and usage stay',
  audience: WRITE,
  params: hashParams,
  query: nothing,
  body: z.object({ grace_seconds: graceSeconds.default(0) }).prefault({}),
  success: z.object({ data: keyInfo, key: z.string() }),
  errors: [400, 404, 413],
});

export const listWorkspaces = endpoint({
  operationId: 'listWorkspaces',
  at: ['GET', '/api/v1/workspaces'],
  summary: 'Workspaces',
  audience: READ,
  params: nothing,
  query: pageQuery(50),
  body: null,
  success: z.object({ data: z.array(workspaceInfo), total_count: z.int() }),
  errors: [400],
});

export const createWorkspace = endpoint({
  operationId: 'createWorkspace',
  at: ['POST', '/api/v1/workspaces'],
  summary: 'Create a workspace',
  audience: MANAGE,
  params: nothing,
  query: nothing,
  body: createWorkspaceBody,
  success: dataOf(workspaceInfo),
  status: 201,
  errors: [400, 403, 413],
});

export const getWorkspace = endpoint({
  operationId: 'getWorkspace',
  at: ['GET', '/api/v1/workspaces/{id}'],
  summary: 'A workspace by id or slug',
  audience: READ,
  params: idParams,
  query: nothing,
  body: null,
  success: dataOf(workspaceInfo),
  errors: [404],
});

export const updateWorkspace = endpoint({
  operationId: 'updateWorkspace',
  at: ['PATCH', '/api/v1/workspaces/{id}'],
  summary: 'Change a workspace',
  audience: MANAGE,
  params: idParams,
  query: nothing,
  body: createWorkspaceBody.partial(),
  success: dataOf(workspaceInfo),
  errors: [400, 403, 404, 413],
});

export const deleteWorkspace = endpoint({
  operationId: 'deleteWorkspace',
  at: ['DELETE', '/api/v1/workspaces/{id}'],
  summary: 'Delete a workspace that has no keys',
  audience: MANAGE,
  params: idParams,
  query: z.object({ confirm_default_workspace_deletion: flag.optional() }),
  body: null,
  success: deleted,
  errors: [400, 403, 404],
});

export const listBudgets = endpoint({
  operationId: 'listWorkspaceBudgets',
  at: ['GET', '/api/v1/workspaces/{id}/budgets'],
  summary: 'Budgets of a workspace',
  audience: READ,
  params: idParams,
  query: nothing,
  body: null,
  success: z.object({ data: z.array(budgetInfo), include_byok_in_budgets: z.boolean() }),
  errors: [404],
});

export const getBudget = endpoint({
  operationId: 'getWorkspaceBudget',
  at: ['GET', '/api/v1/workspaces/{id}/budgets/{interval}'],
  summary: 'A budget of a workspace',
  audience: READ,
  params: intervalParams,
  query: nothing,
  body: null,
  success: dataOf(budgetInfo),
  errors: [400, 404],
});

export const putBudget = endpoint({
  operationId: 'upsertWorkspaceBudget',
  at: ['PUT', '/api/v1/workspaces/{id}/budgets/{interval}'],
  summary: 'Set a budget; budgets must fall strictly from lifetime to daily',
  audience: MANAGE,
  params: intervalParams,
  query: nothing,
  body: z.object({
    limit_usd: usdIn((nanoUsd) => nanoUsd > 0n, 'must be above 0'),
    include_byok_in_budgets: z.boolean().optional(),
  }),
  success: dataOf(budgetInfo),
  errors: [400, 403, 404, 413],
});

export const deleteBudget = endpoint({
  operationId: 'deleteWorkspaceBudget',
  at: ['DELETE', '/api/v1/workspaces/{id}/budgets/{interval}'],
  summary: 'Remove a budget',
  audience: MANAGE,
  params: intervalParams,
  query: nothing,
  body: null,
  success: deleted,
  errors: [400, 403, 404],
});

export const listMembers = endpoint({
  operationId: 'listWorkspaceMembers',
  at: ['GET', '/api/v1/workspaces/{id}/members'],
  summary: 'Members of a workspace',
  audience: READ,
  params: idParams,
  query: pageQuery(50),
  body: null,
  success: z.object({ data: z.array(memberInfo), total_count: z.int() }),
  errors: [400, 404],
});

export const addMembers = endpoint({
  operationId: 'bulkAddWorkspaceMembers',
  at: ['POST', '/api/v1/workspaces/{id}/members/add'],
  summary: 'Make users members of a workspace',
  audience: MANAGE,
  params: idParams,
  query: nothing,
  body: userIdsBody,
  success: z.object({ data: z.array(memberInfo), added_count: z.int() }),
  errors: [400, 403, 404, 413],
});

export const removeMembers = endpoint({
  operationId: 'bulkRemoveWorkspaceMembers',
  at: ['POST', '/api/v1/workspaces/{id}/members/remove'],
  summary: 'Remove users from a workspace',
  audience: MANAGE,
  params: idParams,
  query: nothing,
  body: userIdsBody,
  success: z.object({ removed_count: z.int() }),
  errors: [400, 403, 404, 413],
});
