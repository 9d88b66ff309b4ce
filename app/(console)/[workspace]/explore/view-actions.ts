'use server';

import { z } from 'zod';
import { action } from '@/lib/entry/action';
import { createSavedView, deleteSavedView, updateSavedView } from '@/lib/saved-views/commands';
import { viewName, viewQuery } from '@/lib/saved-views/contract';
import { toSearchParams } from '../search-params';
import { exploreQuery } from './explore-params';
import { readExploreParams } from './read-explore-params';

/** A query as it is kept: explicit choices alone, in their order, so that the same question is the same text. */
const question = viewQuery.transform((query) =>
  new URLSearchParams(exploreQuery(readExploreParams(toSearchParams(query)))).toString(),
);

/** Returns the id of the new view. */
export const createViewAction = action(
  z.object({ name: viewName, query: question }),
  async (call, view, { workspace }): Promise<string> => (await createSavedView(call, workspace.id, view)).id,
);

export const renameViewAction = action(
  z.object({ id: z.string(), name: viewName }),
  async (call, { id, name }, { workspace }): Promise<string> =>
    (await updateSavedView(call, workspace.id, id, { name })).name,
);

/** Gives a view the question that is shown. */
export const changeViewAction = action(
  z.object({ id: z.string(), query: question }),
  async (call, { id, query }, { workspace }): Promise<string> =>
    (await updateSavedView(call, workspace.id, id, { query })).name,
);

export const deleteViewAction = action(z.object({ id: z.string() }), async (call, { id }, { workspace }) => {
  await deleteSavedView(call, workspace.id, id);
  return id;
});
