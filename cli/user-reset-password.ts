import { z } from 'zod';
import { resetPassword } from '../lib/users/commands/reset-password';
import { email } from '../lib/users/contract';
import { defineCommand, option } from './command';
import { note } from './io';
import { readNewPassword } from './read-password';
import { withDatabase } from './with-database';

export const userResetPassword = defineCommand({
  name: 'user reset-password',
  summary: 'Give a user a new password, asked for without echo or read from standard input, and end all sessions.',
  options: z.object({ email: option(email, 'EMAIL', 'The address that the user signs in with') }),
  examples: [
    'npm run cli -- user reset-password --email ana@example.com',
    'echo "$PASSWORD" | npm run cli -- user reset-password --email ana@example.com',
  ],
  run: async ({ options, io }) => {
    const password = await readNewPassword(io);
    await withDatabase(({ call }) => resetPassword(call(), options.email, password));
    note(io, `${options.email} has a new password and is signed out everywhere.`);
    return 0;
  },
});
