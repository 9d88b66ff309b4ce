'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { idle } from '@/lib/entry/action-state';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { formObject } from '@/lib/entry/form-object';
import { createExport } from '@/lib/exports/commands/create-export';
import { createDownloadLink } from '@/lib/exports/commands/create-link';
import { cancelExport, deleteExport } from '@/lib/exports/commands/delete-export';
import { fileNameOf } from '@/lib/exports/file-path';
import { LINK_SECONDS_DEFAULT } from '@/lib/exports/signed-url';
import { leave } from '../../../leave-field';
import { REFUSED_PARAMETER, WORKSPACE_FIELD } from '../posted-form';
import { toSearchParams } from '../search-params';
import { readFields } from './exports-fields';
import { EXPORTS_DEFAULT, type ExportsParams, exportsQuery, pathOf } from './exports-params';
import { readExportsParams, toParameters } from './read-exports-params';

const one = z.object({ id: z.uuid() });

const field = z.string().max(300).optional();
const exportForm = z.object({
  /** What the address says. The fields come before it. */
  query: z.string().max(20_000),
  format: z.string().max(300),
  ...{ per: field, from: field, to: field, zone: field, environment: field, status: field },
  ...{ owner: field, tag: field, model: field, endpoint: field },
});

/** What the form describes, read as an address is, which may be typed. */
function chosenOf({ query, ...fields }: z.output<typeof exportForm>): ExportsParams {
  const typed = new Map<string, unknown>(Object.entries(fields));
  const read = readFields((name) => typed.get(name), readExportsParams(toSearchParams(query)));
  return readExportsParams(toSearchParams(new URLSearchParams(exportsQuery(read)).toString()));
}

/** Asks for the file that the form describes. Returns its name. */
export const createExportAction = action(exportForm, async (call, form, { workspace }): Promise<string> => {
  const parameters = toParameters(chosenOf(form), workspace.timeZone, call.now);
  if (typeof parameters === 'string') throw new AppError('invalid_input', parameters);
  return fileNameOf((await createExport(call, workspace.id, parameters)).filePath);
});

/**
 * The same form where no script runs: what it describes goes to the address, and unless it is only to be shown a file is made,
 * which the history then begins with.
 */
export async function postExport(form: FormData): Promise<void> {
  const slug = String(form.get(WORKSPACE_FIELD));
  const parsed = exportForm.safeParse(formObject(form));
  const chosen = parsed.success ? chosenOf(parsed.data) : EXPORTS_DEFAULT;
  const isMade = form.get('intent') !== 'preview';
  const state = isMade ? await createExportAction(slug, idle, form) : idle;
  const pairs = [
    ...exportsQuery({ ...chosen, page: 1 }),
    ...(state.status === 'error' ? [[REFUSED_PARAMETER, '']] : []),
  ];
  redirect(`/${encodeURIComponent(slug)}/exports?${new URLSearchParams(pairs)}`);
}

/** Removes an export with its file. */
export const deleteExportAction = action(one.extend({ leave }), async (call, input, { workspace }): Promise<null> => {
  await deleteExport(call, input.id);
  if (input.leave) redirect(`/${workspace.slug}/exports`);
  return null;
});

/** Stops an export from being made; one that is finished meanwhile stays. */
export const cancelExportAction = action(one, async (call, { id }): Promise<null> => {
  await cancelExport(call, id);
  return null;
});

/** The same where no script runs. */
export async function postCancel(form: FormData): Promise<void> {
  const slug = String(form.get(WORKSPACE_FIELD));
  const { status } = await cancelExportAction(slug, idle, form);
  redirect(`/${encodeURIComponent(slug)}/exports${status === 'error' ? `?${REFUSED_PARAMETER}` : ''}`);
}

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

/** Leads to the file, where no script runs that would ask for a link first. */
export async function postDownload(form: FormData): Promise<void> {
  const slug = String(form.get(WORKSPACE_FIELD));
  const state = await createLinkAction(slug, idle, form);
  if (state.status === 'ok') redirect(pathOf(state.value.url));
  redirect(`/${encodeURIComponent(slug)}/exports?${REFUSED_PARAMETER}`);
}
