import { z } from 'zod';
import { SCOPES } from '../lib/core/call';
import { PAGE_SIZE_MAX } from '../lib/core/page';
import type { ManagementKey } from '../lib/management-keys/contract';
import { listManagementKeys } from '../lib/management-keys/queries';
import { getWorkspace, listWorkspaces } from '../lib/workspaces/queries';
import { collectPages } from './collect-pages';
import { defineCommand, option } from './command';
import { formatTable, note, out } from './io';
import { withDatabase } from './with-database';

export const managementKeyList = defineCommand({
  name: 'management-key list',
  summary: 'List the keys for the API, newest first.',
  options: z.object({ workspace: option(z.string().optional(), 'SLUG', 'Those bound to one workspace only') }),
  examples: ['npm run cli -- management-key list'],
  run: async ({ options, io }) => {
    const { keys, slugs, now } = await withDatabase(async ({ call }) => {
      const workspace = options.workspace === undefined ? null : await getWorkspace(call(), options.workspace);
      const workspaces = await collectPages((offset) => listWorkspaces(call(), offset, PAGE_SIZE_MAX));
      return {
        keys: await collectPages((offset) => listManagementKeys(call(), workspace?.id ?? null, offset, PAGE_SIZE_MAX)),
        slugs: new Map(workspaces.map(({ id, slug }) => [id, slug])),
        now: call().now,
      };
    });
    if (keys.length === 0)
      note(io, 'There are no management keys yet. Create one: npm run cli -- management-key create --name NAME');
    else
      out(
        io,
        formatTable([
          ['ID', 'NAME', 'SECRET', 'WORKSPACE', 'SCOPES', 'STATUS', 'LAST USED'],
          ...keys.map((key) => describeKey(key, slugs, now)),
        ]),
      );
    return 0;
  },
});

function describeKey(key: ManagementKey, slugs: ReadonlyMap<string, string>, now: Date): string[] {
  return [
    key.id,
    key.name,
    key.label,
    key.workspaceId === null ? '(account)' : (slugs.get(key.workspaceId) ?? key.workspaceId),
    key.scopes.length === SCOPES.length ? 'all' : key.scopes.join(','),
    describeStatus(key, now),
    key.lastUsedAt?.toISOString() ?? 'never',
  ];
}

function describeStatus({ disabledAt, expiresAt }: ManagementKey, now: Date): string {
  if (disabledAt !== null) return 'disabled';
  if (expiresAt === null) return 'active';
  return `${expiresAt <= now ? 'expired' : 'until'} ${expiresAt.toISOString()}`;
}
