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
import { useKeysPlace } from './keys-place';
import { type UndoOutcome, undoneWords } from './undo-words';

const unreached: ActionState<never> = {
  status: 'error',
  message:
    'Keyledger could not be reached, so it is unknown whether this was undone. Look at the list, then try again.',
  fieldErrors: {},
};

/**
 * Makes the Undo of a message: it gives keys back what they had, unless somebody has changed them since. `name`: of the one
 * key that was changed; NULL: many were.
 */
export function useUndo(): (changed: readonly ChangedByRequest[], name: string | null) => ToastActionText {
  const { slug } = useKeysPlace();
  const { show } = useToast();
  const router = useRouter();
  const offerSignIn = useSignInOffer();

  async function undo(changed: readonly ChangedByRequest[]): Promise<UndoOutcome> {
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

  return (changed, name) => ({
    label: 'Undo',
    onAction: () =>
      void undo(changed).then((outcome) => {
        show(undoneWords(outcome, name));
        router.refresh();
      }),
  });
}
