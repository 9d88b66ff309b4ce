import { z } from 'zod';
import { addMembers } from '../lib/members/commands';
import { createUser } from '../lib/users/commands/create-user';
import { email } from '../lib/users/contract';
import { ROLES } from '../lib/workspaces/policy';
import { getWorkspace } from '../lib/workspaces/queries';
import { defineCommand, flag, option } from './command';
import { UsageError } from './failure';
import { note } from './io';
import { readNewPassword } from './read-password';
import { withDatabase } from './with-database';

export const userCreate = defineCommand({
  name: 'user create',
  summary: 'Create a user who signs in with a password, asked for without echo or read from standard input.',
  options: z.object({
    email: option(email, 'EMAIL', 'The address to sign in with'),
    name: option(z.string(), 'NAME', 'The name that others see'),
    owner: flag(z.boolean().optional(), 'An owner of the account, and so of every workspace'),
    workspace: option(z.string().optional(), 'SLUG', 'Make the user a member of this workspace'),
    role: option(
      z.enum(ROLES, { error: `must be one of ${ROLES.join(', ')}` }).optional(),
      'ROLE',
      `The role there: ${ROLES.join(', ')}; viewer without`,
    ),
  }),
  examples: [
    'npm run cli -- user create --email ana@example.com --name Ana --owner',
    'echo "$PASSWORD" | npm run cli -- user create --email bo@example.com --name Bo --workspace default --role admin',
  ],
  run: async ({ options: { email, name, owner = false, workspace, role }, io }) => {
    if (owner === (workspace !== undefined)) throw new UsageError('Give either --owner or --workspace.');
    if (owner && role !== undefined) throw new UsageError('--role goes with --workspace; an owner needs none.');
    const password = await readNewPassword(io);
    await withDatabase(async ({ call }) => {
      // Looked up first, so that a wrong slug creates no user.
      const home = workspace === undefined ? null : await getWorkspace(call(), workspace);
      const id = await createUser(call(), { email, name, password, isAccountOwner: owner });
      if (home) await addMembers(call(), home.id, [id], role ?? 'viewer');
    });
    note(
      io,
      `Created ${email}, ${owner ? 'an owner of the account' : `${role ?? 'viewer'} of workspace ${workspace}`}.`,
    );
    return 0;
  },
});
