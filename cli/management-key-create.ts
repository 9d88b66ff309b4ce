import { z } from 'zod';
import { SCOPES } from '../lib/core/call';
import { text } from '../lib/core/text';
import { createManagementKey } from '../lib/management-keys/commands';
import { getWorkspace } from '../lib/workspaces/queries';
import { defineCommand, option } from './command';
import { note, out } from './io';
import { commaList, instant } from './option-schemas';
import { withDatabase } from './with-database';

const scope = z.enum(SCOPES, { error: `each must be one of ${SCOPES.join(', ')}` });

export const managementKeyCreate = defineCommand({
  name: 'management-key create',
  summary: 'Create a key for the API and print its secret, alone, on standard output.',
  options: z.object({
    name: option(text(1, 200), 'NAME', 'What people know it by'),
    workspace: option(
      z.string().optional(),
      'SLUG',
      'Bind it to one workspace; without, it speaks for the whole account',
    ),
    scopes: option(commaList(scope).optional(), 'A,B', `What it may do; all without. Of ${SCOPES.join(', ')}`),
    expires: option(instant.optional(), 'TIME', 'When it ends, such as 2027-01-01T00:00:00Z; never without'),
  }),
  examples: [
    'npm run --silent cli -- management-key create --name deploy > key.txt',
    'npm run cli -- management-key create --name recorder --workspace default --scopes usage:write',
  ],
  notes: ['The secret is shown this once. --silent keeps npm’s own lines off standard output.'],
  run: async ({ options, io }) => {
    const secret = await withDatabase(async ({ call }) => {
      const workspace = options.workspace === undefined ? null : await getWorkspace(call(), options.workspace);
      const made = await createManagementKey(call(), {
        name: options.name,
        workspaceId: workspace?.id ?? null,
        ...(options.scopes ? { scopes: options.scopes } : {}),
        expiresAt: options.expires ?? null,
      });
      note(
        io,
        `Created management key "${options.name}" (${made.id}) for ${workspace ? `workspace ${workspace.slug}` : 'the whole account'}.`,
      );
      return made.secret;
    });
    out(io, secret);
    return 0;
  },
});
