import { deleteBudget, setBudget } from '../../budgets/commands';
import { getBudget, listBudgets } from '../../budgets/queries';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { createKey } from '../../keys/commands/create-key';
import { deleteKey } from '../../keys/commands/delete-key';
import { rotateKey } from '../../keys/commands/rotate-key';
import { updateKey } from '../../keys/commands/update-key';
import { findKey, getKey, listKeys } from '../../keys/queries';
import { addMembers, removeMembers } from '../../members/commands';
import { listMembers } from '../../members/queries';
import { createWorkspace } from '../../workspaces/commands/create-workspace';
import { deleteWorkspace } from '../../workspaces/commands/delete-workspace';
import { updateWorkspace } from '../../workspaces/commands/update-workspace';
import { getOwnWorkspace, getWorkspace, listWorkspaces } from '../../workspaces/queries';
import { type Bearer, type Route, route } from '../route';
import * as contract from './contract';
import {
  fromReset,
  toBudgetInfo,
  toCurrentKey,
  toCurrentManagementKey,
  toKeyInfo,
  toMemberInfo,
  toWorkspaceInfo,
} from './translation';

async function currentKey(bearer: Bearer) {
  switch (bearer.kind) {
    case 'key':
      return { data: toCurrentKey(bearer.key) };
    case 'management':
      return { data: toCurrentManagementKey(bearer.key) };
    case 'none':
      throw new AppError('unauthenticated', 'Missing Authentication header', { fault: 'missing' });
  }
}

/** A key that the caller just changed: read back without asking for `keys:read`, which writing does not imply. */
async function keyInfo(hash: string, now: Date) {
  const key = await findKey(hash, now);
  if (!key) throw new Error('A key that was just written cannot be found.');
  return toKeyInfo(key);
}

/** Likewise a workspace. */
function reading(call: Call): Call {
  return { ...call, scopes: new Set([...call.scopes, 'keys:read']) };
}

/** The vendor's settings of a workspace, out of the fields that are the product's own. */
function splitWorkspace<T extends { name?: unknown; slug?: unknown; description?: unknown }>(body: T) {
  const { name: _name, slug: _slug, description: _description, ...vendorSettings } = body;
  return vendorSettings;
}

export const openrouterRoutes: readonly Route[] = [
  route(contract.getCurrentKey, ({ bearer }) => currentKey(bearer)),
  route(contract.getAuthKey, ({ bearer }) => currentKey(bearer)),

  route(contract.listKeys, async ({ call, query }) => {
    const workspaceId = query.workspace_id?.toLowerCase() ?? (await getOwnWorkspace(call)).id;
    const filter = { workspaceId, includeDisabled: query.include_disabled };
    const page = await listKeys(
      call,
      filter,
      { sort: 'created', isDescending: true },
      query.offset,
      contract.KEY_PAGE_SIZE,
    );
    return { data: page.rows.map(toKeyInfo) };
  }),

  route(contract.createKey, async ({ call, body }) => {
    const created = await createKey(call, {
      workspaceId: body.workspace_id?.toLowerCase() ?? (await getOwnWorkspace(call)).id,
      name: body.name,
      limitNanoUsd: body.limit ?? null,
      limitWindow: fromReset(body.limit_reset ?? null),
      includeByokInLimit: body.include_byok_in_limit ?? false,
      expiresAt: body.expires_at ?? null,
      creatorUserId: body.creator_user_id ?? null,
      externalUser: body.external?.user ?? null,
      externalSecret: body.external?.api_key ?? null,
      environment: body.environment ?? 'live',
      owner: body.owner ?? null,
      tags: body.tags ?? [],
    });
    return { data: await keyInfo(created.hash, call.now), key: created.secret };
  }),

  route(contract.getKey, async ({ call, params }) => ({
    data: toKeyInfo(await getKey(call, params.hash.toLowerCase())),
  })),

  route(contract.updateKey, async ({ call, params, body }) => {
    const hash = params.hash.toLowerCase();
    await updateKey(call, hash, {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.disabled === undefined ? {} : { isDisabled: body.disabled }),
      ...(body.limit === undefined ? {} : { limitNanoUsd: body.limit }),
      ...(body.limit_reset === undefined ? {} : { limitWindow: fromReset(body.limit_reset) }),
      ...(body.include_byok_in_limit === undefined ? {} : { includeByokInLimit: body.include_byok_in_limit }),
      ...(body.owner === undefined ? {} : { owner: body.owner }),
      ...(body.tags === undefined ? {} : { tags: body.tags }),
    });
    return { data: await keyInfo(hash, call.now) };
  }),

  route(contract.deleteKey, async ({ call, params }) => {
    await deleteKey(call, params.hash.toLowerCase());
    return { deleted: true as const };
  }),

  route(contract.rotateKey, async ({ call, params, body }) => {
    const rotated = await rotateKey(call, params.hash.toLowerCase(), body.grace_seconds);
    return { data: await keyInfo(rotated.hash, call.now), key: rotated.secret };
  }),

  route(contract.listWorkspaces, async ({ call, query }) => {
    const page = await listWorkspaces(call, query.offset, query.limit);
    return { data: page.rows.map(toWorkspaceInfo), total_count: page.total };
  }),

  route(contract.createWorkspace, async ({ call, body }) => {
    const id = await createWorkspace(call, {
      name: body.name,
      slug: body.slug,
      description: body.description ?? null,
      vendorSettings: splitWorkspace(body),
    });
    return { data: toWorkspaceInfo(await getWorkspace(reading(call), id)) };
  }),

  route(contract.getWorkspace, async ({ call, params }) => ({
    data: toWorkspaceInfo(await getWorkspace(call, params.id)),
  })),

  route(contract.updateWorkspace, async ({ call, params, body }) => {
    const id = await updateWorkspace(call, params.id, {
      name: body.name,
      slug: body.slug,
      description: body.description,
      vendorSettings: splitWorkspace(body),
    });
    return { data: toWorkspaceInfo(await getWorkspace(reading(call), id)) };
  }),

  route(contract.deleteWorkspace, async ({ call, params }) => {
    await deleteWorkspace(call, params.id);
    return { deleted: true as const };
  }),

  route(contract.listBudgets, async ({ call, params }) => {
    const { workspace, budgets } = await listBudgets(call, params.id);
    return { data: budgets.map(toBudgetInfo), include_byok_in_budgets: workspace.includeByokInBudgets };
  }),

  route(contract.getBudget, async ({ call, params }) => ({
    data: toBudgetInfo(await getBudget(call, params.id, fromReset(params.interval))),
  })),

  route(contract.putBudget, async ({ call, params, body }) => {
    const window = fromReset(params.interval);
    await setBudget(call, params.id, window, {
      limitNanoUsd: body.limit_usd,
      includeByokInBudgets: body.include_byok_in_budgets,
    });
    return { data: toBudgetInfo(await getBudget(reading(call), params.id, window)) };
  }),

  route(contract.deleteBudget, async ({ call, params }) => {
    await deleteBudget(call, params.id, fromReset(params.interval));
    return { deleted: true as const };
  }),

  route(contract.listMembers, async ({ call, params, query }) => {
    const page = await listMembers(call, params.id, query.offset, query.limit);
    return { data: page.rows.map(toMemberInfo), total_count: page.total };
  }),

  route(contract.addMembers, async ({ call, params, body }) => {
    const added = await addMembers(reading(call), params.id, body.user_ids, 'viewer');
    return { data: added.map(toMemberInfo), added_count: added.length };
  }),

  route(contract.removeMembers, async ({ call, params, body }) => ({
    removed_count: await removeMembers(reading(call), params.id, body.user_ids),
  })),
];
