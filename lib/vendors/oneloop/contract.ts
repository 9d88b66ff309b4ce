import { z } from 'zod';
import { type Audience, defineEndpoint, type Method } from '../../core/endpoint';
import { PREFIX_PATTERN } from '../../core/secret';
import { isStorableJson, isStorableText, text } from '../../core/text';
import { keyName } from '../../keys/contract';
import { usageUnits } from '../../usage/contract';
import { workspaceName } from '../../workspaces/contract';

/** Oneloop's key API. Sources: docs.oneloop.ai; the client npm `@oneloop-hq/oneloop-ts`. All successes are 200. */
const STATUSES = [
  'VALID',
  'EXPIRED',
  'DISABLED',
  'DELETED',
  'RATE_LIMITED',
  'USAGE_LIMITED',
  'INVALID_SCOPES',
  'INVALID',
] as const;
export type VerifyStatus = (typeof STATUSES)[number];

const nothing = z.object({});
/** Epoch milliseconds; JavaScript's own last instant bounds it. */
const epochMilliseconds = z.int().positive().max(8_640_000_000_000_000);

export const apiKeyScope = z
  .object({
    id: text(0, 200).optional(),
    representation: text(1, 200),
    create: z.boolean(),
    read: z.boolean(),
    update: z.boolean(),
    del: z.boolean(),
  })
  .meta({ id: 'OneloopScope' });
export type ApiKeyScope = z.infer<typeof apiKeyScope>;
const scopes = z.array(apiKeyScope).max(200);

export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    maskedKey: z.string(),
    prefix: z.string().nullable(),
    expiresAt: z.int().nullable().describe('Epoch milliseconds'),
    totalUsageLeft: z.number().nullable(),
    limitUsage: z.boolean(),
    scopes: z.array(apiKeyScope),
    enabled: z.boolean(),
    customerId: z.string().nullable(),
    externalMeterId: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    deleted: z.boolean(),
    createdAt: z.string(),
    updatedAt: z.string(),
    lastUsedAt: z.string().nullable(),
    billingId: z.string().nullable(),
  })
  .meta({ id: 'OneloopApiKey' });
export type OneloopApiKey = z.infer<typeof apiKey>;

const workspace = z
  .object({
    id: z.string(),
    name: z.string(),
    teamId: z.string(),
    defaultKeyPrefix: z.string().nullable(),
    defaultAllowedIPs: z.array(z.string()),
    defaultRateLimitPerSecond: z.int().nullable(),
    defaultExpiration: z.int().nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'OneloopWorkspace' });
export type OneloopWorkspace = z.infer<typeof workspace>;

const verdict = z
  .object({
    apiKeyId: z.string(),
    expiresAt: z.int().nullable(),
    requestedScopes: z.array(apiKeyScope),
    status: z.enum(STATUSES),
    billing: z.object({ usage: z.string(), usageName: z.string().optional() }).nullable(),
    externalMeterId: z.string().nullable(),
    customerId: z.string().nullable(),
    scopes: z.array(apiKeyScope),
    rateLimit: z.object({ remaining: z.int(), resetAt: z.int() }).optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'OneloopVerdict' });
export type OneloopVerdict = z.infer<typeof verdict>;

const secret = text(1, 512);
const identifier = z.string().transform((value) => (isStorableText(value) ? value : ''));
const workspaceParams = z.object({ id: identifier });
const keyParams = z.object({ id: identifier, akid: identifier });
const prefix = text(1, 16).regex(
  PREFIX_PATTERN,
  'must be up to 16 letters, digits, hyphens and underscores, a letter first',
);
const metadata = z
  .record(text(1, 100), z.unknown())
  .refine(isStorableJson, 'must be JSON without NUL, at most 16 deep');

const READ: Audience = { kind: 'management', scope: 'keys:read' };
const WRITE: Audience = { kind: 'management', scope: 'keys:write' };
const RECORD: Audience = { kind: 'management', scope: 'usage:write' };
const MANAGE: Audience = { kind: 'management', scope: 'workspaces:write' };

function endpoint<P extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType>(
  operationId: string,
  [method, path]: readonly [Method, string],
  summary: string,
  outline: { audience: Audience; params: P; body: B; success: S; isHot?: boolean },
) {
  return defineEndpoint({
    operationId,
    contract: 'oneloop',
    tag: 'Oneloop',
    summary,
    method,
    path,
    audience: outline.audience,
    params: outline.params,
    query: nothing,
    body: outline.body,
    success: { status: 200, description: summary, schema: outline.success },
    errors: path.includes('{') ? [400, 403, 404] : [400, 403],
    isHot: outline.isHot ?? false,
  });
}

const oneKey = z.object({ apiKey });
const revealedKey = z.object({ apiKey: apiKey.extend({ key: z.string() }) });

export const createApiKey = endpoint('oneloopCreateApiKey', ['POST', '/api/v1/api-key'], 'Create a key', {
  audience: WRITE,
  params: nothing,
  body: z.object({
    name: keyName,
    workspaceId: text(1, 100),
    scopes,
    enabled: z.boolean(),
    customerId: text(1, 200).nullish(),
    prefix: prefix.nullish(),
    expiresAt: epochMilliseconds.nullish(),
    externalMeterId: text(1, 200).nullish(),
    metadata: metadata.nullish(),
  }),
  success: revealedKey,
});

export const verifyApiKey = endpoint(
  'oneloopVerifyApiKey',
  ['POST', '/api/v1/api-key/verify'],
  'Whether a key may go on',
  {
    audience: RECORD,
    params: nothing,
    body: z.object({
      key: secret,
      requestedScopes: scopes,
      route: text(0, 200).nullish(),
      billing: z
        .object({
          usage: z.union([usageUnits, z.int().min(0)]).default('0'),
          usageName: text(1, 100).nullish(),
          id: text(1, 100).nullish(),
        })
        .nullish(),
      rateLimitConfig: z.object({ id: text(1, 100), limit: z.int().positive().max(1_000_000_000) }).nullish(),
    }),
    success: verdict,
    isHot: true,
  },
);

export const recordApiKeyUsage = endpoint(
  'recordApiKeyUsage',
  ['POST', '/api/v1/api-key/record-usage'],
  'Record what a key used',
  {
    audience: RECORD,
    params: nothing,
    body: z.object({ key: secret, usage: usageUnits.default('0'), usageName: text(1, 100).optional() }),
    success: nothing,
    isHot: true,
  },
);

export const listApiKeys = endpoint(
  'oneloopListApiKeys',
  ['GET', '/api/v1/workspace/{id}/api-key'],
  'Keys of a workspace',
  {
    audience: READ,
    params: workspaceParams,
    body: null,
    success: z.object({ apiKeys: z.array(apiKey) }),
  },
);

export const getApiKey = endpoint('oneloopGetApiKey', ['GET', '/api/v1/workspace/{id}/api-key/{akid}'], 'A key', {
  audience: READ,
  params: keyParams,
  body: null,
  success: oneKey,
});

export const editApiKey = endpoint(
  'oneloopEditApiKey',
  ['PATCH', '/api/v1/workspace/{id}/api-key/{akid}'],
  'Change a key',
  {
    audience: WRITE,
    params: keyParams,
    body: z.object({ name: keyName.optional(), enabled: z.boolean().optional(), scopes: scopes.optional() }),
    success: oneKey,
  },
);

export const deleteApiKey = endpoint(
  'oneloopDeleteApiKey',
  ['DELETE', '/api/v1/workspace/{id}/api-key/{akid}'],
  'Delete a key',
  {
    audience: WRITE,
    params: keyParams,
    body: null,
    success: oneKey,
  },
);

export const rotateApiKey = endpoint(
  'oneloopRotateApiKey',
  ['POST', '/api/v1/workspace/{id}/api-key/{akid}/rotate'],
  'Give a key a new secret',
  { audience: WRITE, params: keyParams, body: null, success: revealedKey },
);

export const listWorkspaces = endpoint('oneloopListWorkspaces', ['GET', '/api/v1/workspace'], 'Workspaces', {
  audience: READ,
  params: nothing,
  body: null,
  success: z.object({ workspaces: z.array(workspace) }),
});

export const createWorkspace = endpoint('oneloopCreateWorkspace', ['POST', '/api/v1/workspace'], 'Create a workspace', {
  audience: MANAGE,
  params: nothing,
  body: z.object({ name: workspaceName }),
  success: z.object({ workspace }),
});

export const getWorkspace = endpoint('oneloopGetWorkspace', ['GET', '/api/v1/workspace/{id}'], 'A workspace', {
  audience: READ,
  params: workspaceParams,
  body: null,
  success: z.object({ workspace }),
});

export const updateWorkspace = endpoint(
  'oneloopUpdateWorkspace',
  ['PATCH', '/api/v1/workspace/{id}'],
  'Change a workspace',
  {
    audience: MANAGE,
    params: workspaceParams,
    body: z.object({ name: workspaceName.optional(), defaultKeyPrefix: prefix.nullish() }),
    success: z.object({ workspace }),
  },
);
