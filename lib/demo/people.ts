import type { Role } from '../workspaces/policy';

/** Somebody who works with the demo's workspace. The address is of a domain that nobody can own. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** NULL: a member from the workspace's first day. */
  readonly joinedHoursAgo: number | null;
}

export const ANA: DemoPerson = {
  name: 'Ana Sousa',
  email: 'ana.sousa@fernhill.example',
  role: 'owner',
  joinedHoursAgo: null,
};
export const JONAS: DemoPerson = {
  name: 'Jonas Weber',
  email: 'jonas.weber@fernhill.example',
  role: 'admin',
  joinedHoursAgo: null,
};
const MEI: DemoPerson = {
  name: 'Mei Tanaka',
  email: 'mei.tanaka@fernhill.example',
  role: 'viewer',
  joinedHoursAgo: null,
};
const SAMUEL: DemoPerson = {
  name: 'Samuel Okafor',
  email: 'samuel.okafor@fernhill.example',
  role: 'viewer',
  joinedHoursAgo: 9 * 24 + 2,
};
export const PEOPLE: readonly DemoPerson[] = [ANA, JONAS, MEI, SAMUEL];

/** Who made a key: always the same for the same name. */
export function creatorOf(keyName: string): DemoPerson {
  return keyName.length % 3 === 0 ? JONAS : ANA;
}
