import type { UsageWindow } from '../core/time-window';
import { TAGS_MAX } from './bounds';

/** What may be done to many keys at once. */
export type KeyChange =
  | { readonly kind: 'disable' }
  | { readonly kind: 'enable' }
  | { readonly kind: 'set_limit'; readonly limitNanoUsd: bigint | null; readonly limitWindow: UsageWindow }
  | { readonly kind: 'add_tag'; readonly tag: string }
  | { readonly kind: 'remove_tag'; readonly tag: string }
  | { readonly kind: 'delete' };

/** Why a change leaves a key as it is. `gone`: deleted since, or never of this workspace. */
export const SKIP_REASONS = [
  'already_disabled',
  'already_enabled',
  'same_limit',
  'has_tag',
  'too_many_tags',
  'lacks_tag',
  'gone',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What changes fields of a key in the log, and can be undone. */
export const UNDOABLE_ACTIONS: readonly string[] = ['key.update', 'key.disable', 'key.enable'];

/** Why a key is left as it is when a change of it is undone. */
export const UNDO_SKIP_REASONS = ['changed_since', 'gone'] as const;
export type UndoSkipReason = (typeof UNDO_SKIP_REASONS)[number];

/** What of a key a change depends on. */
export interface ChangeableKey {
  readonly isDisabled: boolean;
  readonly limitNanoUsd: bigint | null;
  readonly limitWindow: UsageWindow;
  readonly tags: readonly string[];
}

/** Why a key that exists would not be changed. NULL: it would be. */
export function skipReasonOf(key: ChangeableKey, change: KeyChange): SkipReason | null {
  switch (change.kind) {
    case 'disable':
      return key.isDisabled ? 'already_disabled' : null;
    case 'enable':
      return key.isDisabled ? null : 'already_enabled';
    case 'set_limit':
      return hasLimit(key, change) ? 'same_limit' : null;
    case 'add_tag':
      if (key.tags.includes(change.tag)) return 'has_tag';
      return key.tags.length >= TAGS_MAX ? 'too_many_tags' : null;
    case 'remove_tag':
      return key.tags.includes(change.tag) ? null : 'lacks_tag';
    case 'delete':
      return null;
  }
}

type Limit = Pick<ChangeableKey, 'limitNanoUsd' | 'limitWindow'>;

/** Without a limit there is nothing to reset, so the window makes no difference. */
function hasLimit(key: Limit, wanted: Limit): boolean {
  if (key.limitNanoUsd === null || wanted.limitNanoUsd === null) return key.limitNanoUsd === wanted.limitNanoUsd;
  return key.limitNanoUsd === wanted.limitNanoUsd && key.limitWindow === wanted.limitWindow;
}

/** The fields of a key after a change, for the log. A deletion changes none of them. */
export function fieldsAfter(key: ChangeableKey, change: KeyChange): Partial<ChangeableKey> {
  switch (change.kind) {
    case 'disable':
      return { isDisabled: true };
    case 'enable':
      return { isDisabled: false };
    case 'set_limit':
      return { limitNanoUsd: change.limitNanoUsd, limitWindow: change.limitWindow };
    case 'add_tag':
      return { tags: [...key.tags, change.tag] };
    case 'remove_tag':
      return { tags: key.tags.filter((tag) => tag !== change.tag) };
    case 'delete':
      return {};
  }
}

/** Which of some keys a change would change, and how many it leaves out for which reason. */
export interface ChangePlan<Key> {
  readonly changed: readonly Key[];
  readonly skipped: readonly { readonly reason: SkipReason; readonly keys: readonly Key[] }[];
}

export function planChange<Key extends ChangeableKey>(keys: readonly Key[], change: KeyChange): ChangePlan<Key> {
  const changed: Key[] = [];
  const skipped = new Map<SkipReason, Key[]>();
  for (const key of keys) {
    const reason = skipReasonOf(key, change);
    if (reason === null) changed.push(key);
    else skipped.set(reason, [...(skipped.get(reason) ?? []), key]);
  }
  return { changed, skipped: [...skipped].map(([reason, left]) => ({ reason, keys: left })) };
}
