import { AppError } from './errors';

/** What a caller may do. A management key carries some of these, a user has those of its role. */
export const SCOPES = [
  'keys:read',
  'keys:write',
  'usage:write',
  'usage:read',
  'usage:export',
  'workspaces:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export type Actor =
  | { kind: 'user'; id: string; label: string }
  | { kind: 'management_key'; id: string; label: string }
  | { kind: 'system'; id: string; label: string };

/**
 * One request of one caller, made at a door and passed to every query and command, which so never ask who, when or
 * which request. `workspace` is what the caller may reach: one workspace, or NULL for the whole account.
 */
export interface Call {
  readonly actor: Actor;
  readonly workspace: string | null;
  readonly scopes: ReadonlySet<Scope>;
  readonly now: Date;
  readonly requestId: string;
  /**
   * The caller is remembered and not read: the token that has to hold still where the call has its effect. A command that
   * cannot promise that throws NotAssumed before any effect. Absent: the caller was read for this call.
   */
  readonly basis?: string;
}

/** What was remembered may hold no longer, and nothing was done: whoever asked reads, and asks again. */
export class NotAssumed extends Error {
  override readonly name = 'NotAssumed';
}

/** Throws `missing_scope` unless the caller has the scope. */
export function requireScope(call: Call, scope: Scope): void {
  if (call.scopes.has(scope)) return;
  throw new AppError('missing_scope', `This needs the scope ${scope}. Ask an admin for a key that carries it.`, {
    scope,
  });
}

/** Whether rows of a workspace exist for this caller. */
export function canReach(call: Call, workspaceId: string): boolean {
  return call.workspace === null || call.workspace === workspaceId;
}

/** A call by the product itself (the command line, a start-up step), which may do everything. */
export function systemCall(id: string, now: Date, requestId: string): Call {
  return { actor: { kind: 'system', id, label: id }, workspace: null, scopes: new Set(SCOPES), now, requestId };
}
