import { SCOPES, type Scope } from '../core/call';

export const ROLES = ['owner', 'admin', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const READING: readonly Scope[] = ['keys:read', 'usage:read'];

/** What a role may do. Admins and owners do the same to keys and usage; members and workspaces are for owners. */
export function scopesOfRole(role: Role): ReadonlySet<Scope> {
  switch (role) {
    case 'owner':
      return new Set(SCOPES);
    case 'admin':
      return new Set(SCOPES.filter((scope) => scope !== 'workspaces:write'));
    case 'viewer':
      return new Set(READING);
  }
}
