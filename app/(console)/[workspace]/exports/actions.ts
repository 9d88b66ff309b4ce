'use server';

import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { createExport } from '@/lib/exports/commands/create-export';
import { createDownloadLink } from '@/lib/exports/commands/create-link';
import { deleteExport } from '@/lib/exports/commands/delete-export';
import { fileNameOf } from '@/lib/exports/file-path';
import { LINK_SECONDS_DEFAULT } from '@/lib/exports/signed-url';
import { toSearchParams } from '../search-params';
import { readExportsParams, toParameters } from './read-exports-params';

const one = z.object({ id: z.uuid() });

/** Asks for the file that the query of the page describes. Returns its name. */
export const createExportAction = action(
  z.object({ query: z.string().max(20_000) }),
  async (call, { query }, { workspace }): Promise<string> => {
    const parameters = toParameters(readExportsParams(toSearchParams(query)), workspace.timeZone, call.now);
    if (typeof parameters === 'string') throw new AppError('invalid_input', parameters);
    return fileNameOf((await createExport(call, workspace.id, parameters)).filePath);
  },
);

/** Cancels an export that is not finished, removes a finished one. */
export const deleteExportAction = action(one, async (call, { id }): Promise<'cancelled' | 'deleted'> => {
  return deleteExport(call, id);
});

/** A signed link, new at each click. */
export interface FreshLink {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

export const createLinkAction = action(
  one,
  async (call, { id }): Promise<FreshLink> => {
    const { path, expiresAt } = await createDownloadLink(call, id, LINK_SECONDS_DEFAULT);
    return { url: `${publicBaseUrl()}${path}`, expiresAt: expiresAt.toISOString() };
  },
  { isQuiet: true },
);
