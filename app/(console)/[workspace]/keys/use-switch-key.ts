'use client';

import { unstable_rethrow } from 'next/navigation';
import { startTransition, useCallback, useOptimistic } from 'react';
import { useToast } from '@/components/ui/toast';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { formOf } from '../../../use-command';
import { useSignInOffer } from '../../../use-sign-in-offer';
import { setKeyDisabledAction } from './actions';
import type { KeyRow } from './key-row';
import { useKeysPlace } from './keys-place';
import { switchedRow } from './switched-row';
import { useUndo } from './use-undo';

const unreached: ActionState<never> = {
  status: 'error',
  message: 'Keyledger could not be reached, so it is unknown whether this was saved. Look at the list, then try again.',
  fieldErrors: {},
};

type Switched = ReadonlyMap<string, boolean>;
const NONE: Switched = new Map();

/**
 * Disables and enables keys. It shows at once; where the server refuses, the key is shown as it was again, and a message
 * says why.
 */
export function useSwitchKey() {
  const { slug } = useKeysPlace();
  const { show } = useToast();
  const offerSignIn = useSignInOffer();
  const { undoOf } = useUndo(slug);
  const [switched, note] = useOptimistic<Switched, readonly [hash: string, isDisabled: boolean]>(
    NONE,
    (before, [hash, isDisabled]) => new Map(before).set(hash, isDisabled),
  );

  function switchKey(row: KeyRow, isDisabled: boolean) {
    startTransition(async () => {
      note([row.hash, isDisabled]);
      const form = formOf({ hash: row.hash, disabled: String(isDisabled) });
      const state = await setKeyDisabledAction(slug, idle, form).catch((error: unknown) => {
        unstable_rethrow(error);
        return unreached;
      });
      offerSignIn(state);
      const done = isDisabled ? 'disabled' : 'enabled';
      if (state.status === 'error') {
        show({ tone: 'danger', title: `${row.name} is not ${done}`, description: state.message });
      } else if (state.status === 'ok') {
        show({
          title: `${row.name} is ${done}`,
          ...(isDisabled ? { description: 'It refuses every request from now on.' } : {}),
          ...(state.value.hashes.length > 0 ? { action: undoOf([state.value], row.name) } : {}),
        });
      }
    });
  }

  /** A key as it is about to be. */
  const shownAs = useCallback(
    (row: KeyRow): KeyRow => {
      const isDisabled = switched.get(row.hash);
      return isDisabled === undefined ? row : switchedRow(row, isDisabled);
    },
    [switched],
  );
  return { switchKey, shownAs };
}
