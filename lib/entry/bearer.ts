import type { Call } from '../core/call';
import type { Audience } from '../core/endpoint';
import { AppError } from '../core/errors';
import { hashSecret, isOwnSecret } from '../core/secret';
import { isStorableText } from '../core/text';
import { touchSecret } from '../keys/commands/touch-key';
import { findKeyBySecret } from '../keys/queries';
import { isTouchDue, touchManagementKey } from '../management-keys/commands';
import { findManagementKeyBySecret, recallManagementKey } from '../management-keys/queries';
import type { Bearer } from '../vendors/route';

const BEARER = /^Bearer +(\S+) *$/i;
const SECRET_LENGTH_MAX = 512;

/** The token of an Authorization header. NULL: there is none that could be one. */
export function readBearerToken(header: string | null): string | null {
  const token = BEARER.exec(header ?? '')?.[1];
  return token && token.length <= SECRET_LENGTH_MAX && isStorableText(token) ? token : null;
}

/** Who calls, judged from committed state on every request: a key that was revoked is refused by the very next one. */
export async function authenticate(audience: Audience, header: string | null, now: Date): Promise<Bearer> {
  if (audience.kind === 'public') return { kind: 'none' };
  const token = readBearerToken(header);
  if (token === null) {
    throw new AppError('unauthenticated', 'Missing Authentication header', { fault: header ? 'malformed' : 'missing' });
  }
  const management = await findManagementKeyBySecret(token);
  if (management) {
    if (management.disabledAt !== null) throw refused('disabled', 'This management key is disabled.');
    if (management.expiresAt !== null && management.expiresAt <= now)
      throw refused('expired', 'This management key has expired.');
    if (isTouchDue(management, now)) await touchManagementKey(management, now);
    return { kind: 'management', key: management };
  }
  const { key, secretState } = await findKeyBySecret(token, now);
  if (!key || key.deletedAt !== null) {
    throw new AppError('unauthenticated', 'The API key is unknown.', {
      fault: key || isOwnSecret(token) ? 'unknown' : 'malformed',
    });
  }
  if (key.disabledAt !== null) throw refused('disabled', 'This API key is disabled.');
  if (secretState === 'ended')
    throw refused('expired', 'This secret was rotated out. Use the newest secret of the key.');
  if (key.expiresAt !== null && key.expiresAt <= now) throw refused('expired', 'This API key has expired.');
  if (audience.kind === 'management') throw new AppError('not_management_key', 'This needs a management key.');
  await touchSecret(hashSecret(token), now);
  return { kind: 'key', key };
}

/**
 * A management key that is remembered and, by what is remembered, works: for a route that acts on the condition that this
 * still holds. NULL: it has to be asked who calls; so nobody is refused by what is remembered.
 */
export function recallBearer(header: string | null, now: Date): { bearer: Bearer; basis: string } | null {
  const token = readBearerToken(header);
  const recalled = token === null ? null : recallManagementKey(token);
  if (recalled === null) return null;
  const { key, basis } = recalled;
  const isWorking = key.disabledAt === null && (key.expiresAt === null || key.expiresAt > now);
  return isWorking && !isTouchDue(key, now) ? { bearer: { kind: 'management', key }, basis } : null;
}

function refused(fault: 'disabled' | 'expired', message: string): AppError {
  return new AppError('unauthenticated', message, { fault });
}

/** What a bearer may do. A key that is no management key speaks for itself alone and carries no scope. */
export function callOf(bearer: Bearer, now: Date, requestId: string): Call {
  switch (bearer.kind) {
    case 'management': {
      const { id, name, workspaceId, scopes } = bearer.key;
      const actor = { kind: 'management_key', id, label: name } as const;
      return { actor, workspace: workspaceId, scopes: new Set(scopes), now, requestId };
    }
    case 'key': {
      const actor = { kind: 'system', id: bearer.key.hash, label: bearer.key.name } as const;
      return { actor, workspace: bearer.key.workspaceId, scopes: new Set(), now, requestId };
    }
    case 'none':
      return {
        actor: { kind: 'system', id: 'public', label: 'public' },
        workspace: '',
        scopes: new Set(),
        now,
        requestId,
      };
  }
}
