import { z } from 'zod';
import { removeSecondFactorOf } from '../lib/users/commands/remove-second-factor';
import { email } from '../lib/users/contract';
import { findUserIdByEmail } from '../lib/users/queries';
import { defineCommand, option } from './command';
import { note } from './io';
import { withDatabase } from './with-database';

export const userRemoveSecondFactor = defineCommand({
  name: 'user remove-second-factor',
  summary: 'Let a user sign in with the password alone, who lost the authenticator app and the recovery codes.',
  options: z.object({ email: option(email, 'EMAIL', 'The address that the user signs in with') }),
  examples: ['npm run cli -- user remove-second-factor --email ana@example.com'],
  run: async ({ options, io }) => {
    await withDatabase(async ({ call }) => {
      const now = call();
      await removeSecondFactorOf(now, await findUserIdByEmail(now, options.email));
    });
    note(io, `${options.email} signs in with the password alone.`);
    return 0;
  },
});
