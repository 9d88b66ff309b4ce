import { z } from 'zod';
import { PAGE_SIZE_MAX } from '../lib/core/page';
import { listWorkspaces } from '../lib/workspaces/queries';
import { collectPages } from './collect-pages';
import { defineCommand } from './command';
import { formatTable, out } from './io';
import { withDatabase } from './with-database';

export const workspaceList = defineCommand({
  name: 'workspace list',
  summary: 'List the workspaces, oldest first.',
  options: z.object({}),
  examples: ['npm run cli -- workspace list'],
  run: async ({ io }) => {
    const rows = await withDatabase(({ call }) =>
      collectPages((offset) => listWorkspaces(call(), offset, PAGE_SIZE_MAX)),
    );
    const lines = rows.map((row) => [row.slug, row.name, row.timeZone, row.id, row.createdAt.toISOString()]);
    out(io, formatTable([['SLUG', 'NAME', 'TIME ZONE', 'ID', 'CREATED'], ...lines]));
    return 0;
  },
});
