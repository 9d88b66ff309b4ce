'use client';

import { unstable_rethrow, useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { KEYS_CHANGED_MAX } from '@/lib/keys/bounds';
import type { ChangedKeys, ChangePreview } from '@/lib/keys/contract';
import { SKIP_REASONS, type SkipReason } from '@/lib/keys/key-change';
import { formOf } from '../../../use-command';
import { changeKeysAction, previewKeysAction } from './actions';
import type { ChangedByRequest } from './changed-by-request';
import { useKeysPlace } from './keys-place';

/** Which keys: by their hashes, or all of a list by the query of its address. */
export type BulkTarget =
  | { readonly kind: 'hashes'; readonly hashes: readonly string[] }
  | { readonly kind: 'list'; readonly query: string };

/** What is to be done, in the fields of its form: `kind`, and what that takes. */
export type ChangeFields = Readonly<Record<string, string>>;

export interface BulkOutcome {
  /** Keys that were changed, by the requests that did it. */
  readonly changed: readonly ChangedByRequest[];
  readonly changedCount: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Why not all were looked at. NULL: all were. */
  readonly error: string | null;
  readonly isStopped: boolean;
}

const unreached: ActionState<never> = {
  status: 'error',
  message: 'Keyledger could not be reached. Look at the list, then try again.',
  fieldErrors: {},
};

function orUnreached(error: unknown): ActionState<never> {
  unstable_rethrow(error);
  return unreached;
}

/** Asks what a change would do, and does it, request by request until no key is left. */
export function useBulkChange() {
  const { slug } = useKeysPlace();
  const router = useRouter();
  const [done, setDone] = useState<number | null>(null);
  const isStopped = useRef(false);

  const selectionOf = (target: BulkTarget, createdUntil: Date | null, afterHash: string | null) =>
    JSON.stringify(
      target.kind === 'hashes' ? { hashes: target.hashes } : { query: target.query, createdUntil, afterHash },
    );

  function preview(target: BulkTarget, fields: ChangeFields): Promise<ActionState<ChangePreview>> {
    const form = formOf({ ...fields, selection: selectionOf(target, null, null) });
    return previewKeysAction(slug, idle, form).catch(orUnreached);
  }

  async function run(target: BulkTarget, fields: ChangeFields, createdUntil: Date | null): Promise<BulkOutcome> {
    isStopped.current = false;
    setDone(0);
    const changed: ChangedByRequest[] = [];
    let changedCount = 0;
    const skipped: Partial<Record<SkipReason, number>> = {};
    let error: string | null = null;
    for (const part of partsOf(target)) {
      let afterHash: string | null = null;
      do {
        const form = formOf({ ...fields, selection: selectionOf(part, createdUntil, afterHash) });
        const state: ActionState<ChangedKeys & { requestId: string }> = await changeKeysAction(slug, idle, form).catch(
          orUnreached,
        );
        if (state.status !== 'ok') {
          error = state.status === 'error' ? state.message : null;
          break;
        }
        const { requestId, changed: hashes } = state.value;
        if (hashes.length > 0) changed.push({ requestId, hashes });
        changedCount += hashes.length;
        addUp(skipped, state.value.skipped);
        setDone(changedCount);
        afterHash = state.value.nextAfterHash;
      } while (afterHash !== null && !isStopped.current);
      if (error !== null || isStopped.current) break;
    }
    setDone(null);
    router.refresh();
    return { changed, changedCount, skipped, error, isStopped: isStopped.current };
  }

  return {
    preview,
    run,
    /** Keys changed so far. NULL: nothing runs. */
    done,
    stop: () => {
      isStopped.current = true;
    },
  };
}

/** Keys by hash go in requests of so many as one may name. */
function partsOf(target: BulkTarget): BulkTarget[] {
  if (target.kind === 'list') return [target];
  const parts: BulkTarget[] = [];
  for (let start = 0; start < target.hashes.length; start += KEYS_CHANGED_MAX) {
    parts.push({ kind: 'hashes', hashes: target.hashes.slice(start, start + KEYS_CHANGED_MAX) });
  }
  return parts;
}

function addUp(sums: Partial<Record<SkipReason, number>>, more: Readonly<Partial<Record<SkipReason, number>>>): void {
  for (const reason of SKIP_REASONS) {
    const keys = more[reason];
    if (keys !== undefined) sums[reason] = (sums[reason] ?? 0) + keys;
  }
}
