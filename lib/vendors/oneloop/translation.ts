import { usdNumber } from '../../core/money';
import type { Key } from '../../keys/contract';
import type { Workspace } from '../../workspaces/contract';
import { type ApiKeyScope, apiKeyScope, type OneloopApiKey, type OneloopWorkspace } from './contract';

/** The account is one team. */
const TEAM_ID = 'keyledger';

export function toScopes(key: Pick<Key, 'scopes'>): ApiKeyScope[] {
  return key.scopes.flatMap((scope) => apiKeyScope.safeParse(scope).data ?? []);
}

export function toApiKey(key: Key): OneloopApiKey {
  return {
    id: key.hash,
    name: key.name,
    maskedKey: key.label,
    prefix: /^(.*_)[^_]*$/.exec(key.label)?.[1] ?? null,
    expiresAt: key.expiresAt?.getTime() ?? null,
    totalUsageLeft: key.limit.remainingNanoUsd === null ? null : usdNumber(key.limit.remainingNanoUsd),
    limitUsage: key.limitNanoUsd !== null,
    scopes: toScopes(key),
    enabled: key.disabledAt === null,
    customerId: key.customerId,
    externalMeterId: key.externalMeterId,
    metadata: { ...key.metadata },
    deleted: key.deletedAt !== null,
    createdAt: key.createdAt.toISOString(),
    updatedAt: (key.updatedAt ?? key.createdAt).toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    billingId: null,
  };
}

export function toOneloopWorkspace(workspace: Workspace): OneloopWorkspace {
  return {
    id: workspace.id,
    name: workspace.name,
    teamId: TEAM_ID,
    defaultKeyPrefix: workspace.keyPrefix,
    defaultAllowedIPs: [],
    defaultRateLimitPerSecond: null,
    defaultExpiration: null,
    createdAt: workspace.createdAt.toISOString(),
    updatedAt: (workspace.updatedAt ?? workspace.createdAt).toISOString(),
  };
}

/** A slug made of a name, for the contract that knows no slugs: `Ärzte & Co.` becomes `arzte-co`. */
export function slugOf(name: string, suffix: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `${words || 'workspace'}-${suffix}`;
}
