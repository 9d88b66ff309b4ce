import { formatPlural } from '@/components/format/text';
import { unreachable } from '@/lib/core/errors';
import { type KeyChange, SKIP_REASONS, type SkipReason } from '@/lib/keys/key-change';

/** What is chosen from the bar. A tag is added or removed in one dialog. */
export type BulkVerb = 'disable' | 'enable' | 'set_limit' | 'tag' | 'delete';
export type ChangeKind = KeyChange['kind'];

/** Verb and object: "Disable 3 keys". */
export function bulkTitle(kind: ChangeKind, keys: number): string {
  const object = formatPlural(keys, 'key');
  switch (kind) {
    case 'disable':
      return `Disable ${object}`;
    case 'enable':
      return `Enable ${object}`;
    case 'set_limit':
      return `Set the limit of ${object}`;
    case 'add_tag':
      return `Tag ${object}`;
    case 'remove_tag':
      return `Remove a tag from ${object}`;
    case 'delete':
      return `Delete ${object}`;
    default:
      return unreachable(kind);
  }
}

/** What happens at once, and what stays. */
export function bulkEffect(kind: ChangeKind): string {
  switch (kind) {
    case 'disable':
      return 'They refuse requests at once. Their spend, history and limits stay, and they can be enabled again at any time.';
    case 'enable':
      return 'They take requests again at once, with the secrets that they had.';
    case 'set_limit':
      return 'What was spent in the running window counts against it at once.';
    case 'add_tag':
    case 'remove_tag':
      return 'Tags say what keys are for: lists, reports and exports can be cut by them.';
    case 'delete':
      return 'They refuse requests at once and leave every list for good. What they spent stays on the books. To stop them for a while, disable them instead.';
    default:
      return unreachable(kind);
  }
}

const DONE: Readonly<Record<ChangeKind, string>> = {
  disable: 'disabled',
  enable: 'enabled',
  set_limit: 'limited anew',
  add_tag: 'tagged',
  remove_tag: 'without the tag now',
  delete: 'deleted',
};

/** "3 keys are disabled". */
export function bulkDone(kind: ChangeKind, keys: number): string {
  return `${formatPlural(keys, 'key')} ${keys === 1 ? 'is' : 'are'} ${DONE[kind]}`;
}

const REASONS: Readonly<Record<SkipReason, readonly [one: string, many: string]>> = {
  already_disabled: ['it is disabled already', 'they are disabled already'],
  already_enabled: ['it is not disabled', 'they are not disabled'],
  same_limit: ['it has this limit already', 'they have this limit already'],
  has_tag: ['it has the tag already', 'they have the tag already'],
  too_many_tags: ['it has as many tags as a key can have', 'they have as many tags as a key can have'],
  lacks_tag: ['it does not have the tag', 'they do not have the tag'],
  gone: ['it was deleted meanwhile', 'they were deleted meanwhile'],
};

/** "1 key is skipped, as it is disabled already". */
export function skippedWords(reason: SkipReason, keys: number): string {
  const [one, many] = REASONS[reason];
  return `${formatPlural(keys, 'key')} ${keys === 1 ? 'is' : 'are'} skipped, as ${keys === 1 ? one : many}`;
}

/** "2 skipped: they are disabled already", for a message. Undefined: none was. */
export function skippedSummary(skipped: Readonly<Partial<Record<SkipReason, number>>>): string | undefined {
  const parts = SKIP_REASONS.flatMap((reason) => {
    const keys = skipped[reason] ?? 0;
    const [one, many] = REASONS[reason];
    return keys > 0 ? [`${keys.toLocaleString('en-US')} skipped: ${keys === 1 ? one : many}.`] : [];
  });
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** "checkout-api, email-composer and 3 more". */
export function listNames(names: readonly string[], keys: number): string {
  const more = keys - names.length;
  if (more > 0) return `${names.join(', ')} and ${more.toLocaleString('en-US')} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
