import type { Role } from '@/lib/workspaces/policy';

/** A role as people read it, and what it may do. */
export const roleWords: Record<Role, { name: string; help: string }> = {
  viewer: { name: 'Viewer', help: 'Sees keys and what they spend' },
  admin: { name: 'Admin', help: 'Also creates, changes and deletes keys' },
  owner: { name: 'Owner', help: 'Also decides who is a member' },
};

/** Why somebody may not change what is for admins, and whom to ask. */
export function adminsOnlyReason(role: string, workspaceName: string): string {
  return `You are a ${role} in ${workspaceName}. Ask an owner for the admin role.`;
}
