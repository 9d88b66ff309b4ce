import { z } from 'zod';
import { deleteManagementKey } from '../lib/management-keys/commands';
import { defineCommand } from './command';
import { note } from './io';
import { withDatabase } from './with-database';

export const managementKeyDelete = defineCommand({
  name: 'management-key delete',
  summary: 'Delete a key for the API; it is refused from the next request on.',
  argument: { name: 'ID', description: 'Its id, as management-key list shows it' },
  options: z.object({}),
  examples: ['npm run cli -- management-key delete 5f0c3a52-6f0d-4c58-9f0a-0b8f3a3f9d11'],
  run: async ({ argument, io }) => {
    await withDatabase(({ call }) => deleteManagementKey(call(), argument));
    note(io, `Deleted management key ${argument}.`);
    return 0;
  },
});
