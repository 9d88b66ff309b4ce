import type { ApiKeyScope } from './contract';

const VERBS = ['create', 'read', 'update', 'del'] as const;

/** Whether a key has every verb that is asked for. A key made without scopes has none to lack. */
export function hasScopes(owned: readonly ApiKeyScope[], requested: readonly ApiKeyScope[]): boolean {
  if (owned.length === 0) return true;
  return requested.every((wish) =>
    VERBS.every(
      (verb) => !wish[verb] || owned.some((scope) => scope.representation === wish.representation && scope[verb]),
    ),
  );
}
