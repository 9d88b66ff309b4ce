'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { formatRelativeTime } from '@/components/format/relative-time';
import { saveBudgets } from '@/lib/budgets/commands';
import { budgetsVersion } from '@/lib/budgets/ordering';
import { action } from '@/lib/entry/action';
import { deleteWorkspace } from '@/lib/workspaces/commands/delete-workspace';
import { saveSettings } from '@/lib/workspaces/commands/update-workspace';
import type { SaveOutcome } from '@/lib/workspaces/contract';
import { requireTyped, typedName } from '../typed-name';
import type { Saved } from './saved';
import { budgetsForm, settingsForm } from './settings-forms';

export const saveSettingsAction = action(
  settingsForm,
  async (call, { seenAt, input }, { workspace }): Promise<Saved> => {
    const outcome = await saveSettings(call, workspace.id, input, seenAt);
    return toSaved(outcome, call.now, call.now.toISOString());
  },
);

export const saveBudgetsAction = action(
  budgetsForm,
  async (call, { seen, settings }, { workspace }): Promise<Saved> => {
    const outcome = await saveBudgets(call, workspace.id, settings, seen);
    return toSaved(outcome, call.now, budgetsVersion(settings));
  },
);

function toSaved(outcome: SaveOutcome, now: Date, version: string): Saved {
  if (outcome.kind === 'saved') return { kind: 'saved', version };
  const { by, at } = outcome;
  const when = at === null ? '' : ` ${formatRelativeTime(at, now).toLowerCase()}`;
  return { kind: 'changed_meanwhile', message: `${by ?? 'Somebody else'} changed this${when}.` };
}

/** Ends on the list of what is left. */
export const deleteWorkspaceAction = action(
  z.object({ typedName }),
  async (call, input, { workspace }): Promise<never> => {
    requireTyped(input.typedName, workspace.name);
    await deleteWorkspace(call, workspace.id);
    redirect('/');
  },
);
