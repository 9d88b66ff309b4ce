import { SCOPES, type Scope } from '@/lib/core/call';

/** What a scope lets its bearer do, for the person who gives it away. */
export const scopeWords: Record<Scope, string> = {
  'keys:read': 'See keys, their limits and what they spent',
  'keys:write': 'Create, change, rotate and delete keys, and management keys',
  'usage:write': 'Record usage, verify keys and hold spending',
  'usage:read': 'Read usage',
  'usage:export': 'Export usage',
  'workspaces:write': 'Create and change workspaces, budgets and members',
};

/** A list of scopes as a cell or a fact shows it. */
export function describeScopes(scopes: readonly Scope[]): string {
  return scopes.length === SCOPES.length ? 'All scopes' : scopes.join(', ');
}
