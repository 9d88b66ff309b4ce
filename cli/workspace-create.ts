import { z } from 'zod';
import { createWorkspace } from '../lib/workspaces/commands/create-workspace';
import { timeZone, workspaceName, workspaceSlug } from '../lib/workspaces/contract';
import { defineCommand, option } from './command';
import { note } from './io';
import { withDatabase } from './with-database';

export const workspaceCreate = defineCommand({
  name: 'workspace create',
  summary: 'Create a workspace.',
  options: z.object({
    name: option(workspaceName, 'NAME', 'What people know it by'),
    slug: option(workspaceSlug, 'SLUG', 'Its name in addresses: lower-case words, joined by hyphens'),
    'time-zone': option(timeZone.optional(), 'ZONE', 'IANA zone in which its days are shown; UTC without'),
  }),
  examples: ['npm run cli -- workspace create --name Production --slug production --time-zone Europe/Berlin'],
  run: async ({ options, io }) => {
    const zone = options['time-zone'];
    const id = await withDatabase(({ call }) =>
      createWorkspace(call(), {
        name: options.name,
        slug: options.slug,
        ...(zone === undefined ? {} : { timeZone: zone }),
      }),
    );
    note(io, `Created workspace ${options.slug} (${id}).`);
    return 0;
  },
});
