import type { Role } from '../workspaces/policy';

export interface Member {
  readonly workspaceId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

export const MEMBERS_PER_CALL_MAX = 100;
