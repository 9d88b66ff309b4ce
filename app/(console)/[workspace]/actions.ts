'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { accountAction } from '@/lib/entry/action';
import { createWorkspace } from '@/lib/workspaces/commands/create-workspace';
import { timeZone, WORKSPACE_NAME_LENGTH_MAX, workspaceName, workspaceSlug } from '@/lib/workspaces/contract';

const input = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(WORKSPACE_NAME_LENGTH_MAX).pipe(workspaceName),
  slug: workspaceSlug,
  timeZone,
});

/** Creates a workspace and goes there. */
export const createWorkspaceAction = accountAction(input, async (call, workspace): Promise<never> => {
  await createWorkspace(call, workspace);
  redirect(`/${workspace.slug}`);
});
