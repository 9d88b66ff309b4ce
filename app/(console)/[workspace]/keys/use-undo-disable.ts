'use client';

import { useToast } from '@/components/ui/toast';
import type { ActionState } from '@/lib/entry/action-state';
import { setKeyDisabledAction } from './actions';
import type { KeyRow } from './key-row';
import { useKeysPlace } from './keys-place';
import { formOf, useCommand } from './use-command';

export function disabledForm(row: KeyRow, isDisabled: boolean): FormData {
  return formOf({ hash: row.hash, disabled: String(isDisabled) });
}

/** Enables a key that was just disabled, from the message that says so. */
export function useUndoDisable(): (row: KeyRow) => void {
  const { slug } = useKeysPlace();
  const { show } = useToast();
  const { run } = useCommand(async (previous: ActionState<boolean>, form) => {
    const state = await setKeyDisabledAction(slug, previous, form);
    if (state.status === 'error') {
      show({ tone: 'danger', title: 'The key is still disabled', description: state.message });
    }
    return state;
  });
  return (row) => run(disabledForm(row, false), () => show({ title: `${row.name} is enabled again` }));
}
