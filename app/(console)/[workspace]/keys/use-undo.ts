'use client';

import { unstable_rethrow, useRouter } from 'next/navigation';
import { useToast } from '@/components/ui/toast';
import type { ToastActionText } from '@/components/ui/toast-action';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { KEYS_CHANGED_MAX } from '@/lib/keys/bounds';
import type { UndoneKeys } from '@/lib/keys/contract';
import { UNDO_SKIP_REASONS, type UndoSkipReason } from '@/lib/keys/key-change';
import { formOf } from '../../../use-command';
import { useSignInOffer } from '../../../use-sign-in-offer';
import { undoChangeAction } from './actions';
import type { ChangedByRequest } from './changed-by-request';
import { type UndoOutcome, undoneWords } from './undo-words';

const unreached: ActionState<never> = {
  status: 'error',
  message:
    'Keyledger could not be reached, so it is unknown whether this was undone. Look at the list, then try again.',
  fieldErrors: {},
};

interface Undo {
  /**
   * Gives keys of the workspace back what they had, unless somebody has changed them since, and says how that ended, to
   * the user and the caller. `name`: of the one key that was changed; NULL: many were.
   */
  readonly undo: (changed: readonly ChangedByRequest[], name: string | null) => Promise<UndoOutcome>;
  /** The same as the Undo of a message. */
  readonly undoOf: (changed: readonly ChangedByRequest[], name: string | null) => ToastActionText;
}

export function useUndo(slug: string): Undo {
  const { show } = useToast();
  const router = useRouter();
  const offerSignIn = useSignInOffer();

  async function giveBack(changed: readonly ChangedByRequest[]): Promise<UndoOutcome> {
    let undone = 0;
    const skipped: Partial<Record<UndoSkipReason, number>> = {};
    for (const { requestId, hashes } of changed) {
      for (let start = 0; start < hashes.length; start += KEYS_CHANGED_MAX) {
        const part = hashes.slice(start, start + KEYS_CHANGED_MAX);
        const form = formOf({ requestId, hashes: JSON.stringify(part) });
        const state: ActionState<UndoneKeys> = await undoChangeAction(slug, idle, form).catch((error: unknown) => {
          unstable_rethrow(error);
          return unreached;
        });
        offerSignIn(state);
        if (state.status === 'error') return { undone, skipped, error: state.message };
        if (state.status === 'idle') continue;
        undone += state.value.undone.length;
        for (const reason of UNDO_SKIP_REASONS) {
          const keys = state.value.skipped[reason];
          if (keys !== undefined) skipped[reason] = (skipped[reason] ?? 0) + keys;
        }
      }
    }
    return { undone, skipped, error: null };
  }

  const undo: Undo['undo'] = async (changed, name) => {
    const outcome = await giveBack(changed);
    show(undoneWords(outcome, name));
    router.refresh();
    return outcome;
  };
  return { undo, undoOf: (changed, name) => ({ label: 'Undo', onAction: () => void undo(changed, name) }) };
}
