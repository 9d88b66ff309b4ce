'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { accountAction } from '@/lib/entry/action';
import { createWorkspace } from '@/lib/workspaces/commands/create-workspace';
import { timeZone, WORKSPACE_NAME_LENGTH_MAX, workspaceName, workspaceSlug } from '@/lib/workspaces/contract';
import { slugOf } from '../../reserved-slugs';

const input = z
  .object({
    name: z.string().trim().min(1, 'Enter a name.').max(WORKSPACE_NAME_LENGTH_MAX).pipe(workspaceName),
    slug: z.string().trim(),
    timeZone,
  })
  // Where none is typed, and no script writes it, the address follows the name.
  .transform(({ slug, ...form }) => ({ ...form, slug: slug === '' ? slugOf(form.name) : slug }))
  .pipe(
    z.object({
      name: z.string(),
      slug: z.string().min(1, 'Enter an address, such as partner-apis.').pipe(workspaceSlug),
      timeZone: z.string(),
    }),
  );

/** Creates a workspace and goes there. */
export const createWorkspaceAction = accountAction(input, async (call, workspace): Promise<never> => {
  await createWorkspace(call, workspace);
  redirect(`/${workspace.slug}`);
});
