import { randomUUID } from 'node:crypto';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { createKey } from '../../keys/commands/create-key';
import { deleteKey } from '../../keys/commands/delete-key';
import { rotateKey } from '../../keys/commands/rotate-key';
import { updateKey } from '../../keys/commands/update-key';
import type { Key } from '../../keys/contract';
import { findKey, listKeys } from '../../keys/queries';
import { prepareUsage } from '../../usage/commands/prepare-usage';
import { recordPrepared } from '../../usage/commands/record-usage';
import { createWorkspace } from '../../workspaces/commands/create-workspace';
import { updateWorkspace } from '../../workspaces/commands/update-workspace';
import { findReachableWorkspace, listWorkspaces } from '../../workspaces/queries';
import { earlyRoute, type Route, route } from '../route';
import * as contract from './contract';
import { slugOf, toApiKey, toOneloopWorkspace } from './translation';
import { verifyApiKey } from './verify';

/** The contract pages nothing: what is past this is not listed. */
const LIST_MAX = 1000;

async function requireWorkspace(call: Call, idOrSlug: string) {
  const workspace = await findReachableWorkspace(call, idOrSlug);
  if (!workspace) throw new AppError('not_found', 'Workspace not found');
  return workspace;
}

/** A key under the workspace that the path names; elsewhere it is unknown. */
async function requireKey(call: Call, workspaceId: string, hash: string): Promise<Key> {
  const workspace = await requireWorkspace(call, workspaceId);
  const key = await findKey(hash.toLowerCase(), call.now);
  if (!key || key.deletedAt !== null || key.workspaceId !== workspace.id)
    throw new AppError('not_found', 'API key not found');
  return key;
}

/** A key as it is after a change. */
async function readBack(hash: string, now: Date) {
  const key = await findKey(hash, now);
  if (!key) throw new Error('A key that was just written cannot be found.');
  return toApiKey(key);
}

export const oneloopRoutes: readonly Route[] = [
  route(contract.createApiKey, async ({ call, body }) => {
    requireScope(call, 'keys:write');
    const workspace = await findReachableWorkspace(call, body.workspaceId);
    if (!workspace) throw new AppError('invalid_input', 'workspaceId: Workspace not found');
    const created = await createKey(call, {
      workspaceId: workspace.id,
      name: body.name,
      scopes: body.scopes,
      isDisabled: !body.enabled,
      customerId: body.customerId ?? null,
      prefix: body.prefix ?? null,
      expiresAt: body.expiresAt == null ? null : new Date(body.expiresAt),
      externalMeterId: body.externalMeterId ?? null,
      metadata: body.metadata ?? {},
    });
    return { apiKey: { ...(await readBack(created.hash, call.now)), key: created.secret } };
  }),

  route(contract.verifyApiKey, ({ call, body }) => verifyApiKey(call, body)),

  earlyRoute(
    contract.recordApiKeyUsage,
    ({ body: { key, usage, usageName }, now }) =>
      prepareUsage([{ key, usage, ...(usageName === undefined ? {} : { usage_name: usageName }) }], now),
    async ({ call }, prepared) => {
      const [result] = await recordPrepared(call, prepared);
      if (result?.status === 'recorded') return {};
      const message = result?.error ?? 'The usage could not be recorded.';
      throw new AppError(result?.rejection === 'key_inactive' ? 'forbidden' : 'invalid_input', message);
    },
  ),

  route(contract.listApiKeys, async ({ call, params }) => {
    requireScope(call, 'keys:read');
    const workspace = await requireWorkspace(call, params.id);
    const filter = { workspaceId: workspace.id, includeDisabled: true };
    const page = await listKeys(call, filter, { sort: 'created', isDescending: true }, 0, LIST_MAX);
    return { apiKeys: page.rows.map(toApiKey) };
  }),

  route(contract.getApiKey, async ({ call, params }) => {
    requireScope(call, 'keys:read');
    return { apiKey: toApiKey(await requireKey(call, params.id, params.akid)) };
  }),

  route(contract.editApiKey, async ({ call, params, body }) => {
    requireScope(call, 'keys:write');
    const { hash } = await requireKey(call, params.id, params.akid);
    await updateKey(call, hash, {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.enabled === undefined ? {} : { isDisabled: !body.enabled }),
      ...(body.scopes === undefined ? {} : { scopes: body.scopes }),
    });
    return { apiKey: await readBack(hash, call.now) };
  }),

  route(contract.deleteApiKey, async ({ call, params }) => {
    requireScope(call, 'keys:write');
    const { hash } = await requireKey(call, params.id, params.akid);
    await deleteKey(call, hash);
    return { apiKey: await readBack(hash, call.now) };
  }),

  route(contract.rotateApiKey, async ({ call, params }) => {
    requireScope(call, 'keys:write');
    const { hash } = await requireKey(call, params.id, params.akid);
    const rotated = await rotateKey(call, hash, 0);
    return { apiKey: { ...(await readBack(hash, call.now)), key: rotated.secret } };
  }),

  route(contract.listWorkspaces, async ({ call }) => {
    const page = await listWorkspaces(call, 0, LIST_MAX);
    return { workspaces: page.rows.map(toOneloopWorkspace) };
  }),

  route(contract.createWorkspace, async ({ call, body }) => {
    const slug = slugOf(body.name, randomUUID().slice(0, 8));
    const id = await createWorkspace(call, { name: body.name, slug });
    return { workspace: toOneloopWorkspace(await requireWorkspace(call, id)) };
  }),

  route(contract.getWorkspace, async ({ call, params }) => {
    requireScope(call, 'keys:read');
    return { workspace: toOneloopWorkspace(await requireWorkspace(call, params.id)) };
  }),

  route(contract.updateWorkspace, async ({ call, params, body }) => {
    await updateWorkspace(call, params.id, { name: body.name, keyPrefix: body.defaultKeyPrefix });
    return { workspace: toOneloopWorkspace(await requireWorkspace(call, params.id)) };
  }),
];
