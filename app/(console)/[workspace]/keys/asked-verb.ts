/** What can be done with one key in a dialog of its page, and on a page of its own for who has no scripts. */
export const KEY_VERBS = ['edit', 'rotate', 'disable', 'enable', 'delete'] as const;
export type KeyVerb = (typeof KEY_VERBS)[number];

/** The query parameter by which a key's page opens at a dialog: `?do=rotate`. It is taken off once the dialog is open. */
export const VERB_PARAMETER = 'do';

/** The verb that an address asks for. NULL: none, or one that makes no sense for the key as it is. */
export function askedVerb(text: string | null, isDisabled: boolean): KeyVerb | null {
  const verb = KEY_VERBS.find((one) => one === text) ?? null;
  return (verb === 'disable' && isDisabled) || (verb === 'enable' && !isDisabled) ? null : verb;
}
