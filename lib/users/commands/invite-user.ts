import { randomBytes } from 'node:crypto';
import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { hashSecret } from '../../core/secret';
import { inTransaction } from '../../server/db';
import { INVITE_DAYS, type NewInvite } from '../contract';
import { createUser } from './create-user';
import { requireAccount, requireUser } from './require-account';

const TOKEN_BYTES = 24;
const DAY_MILLISECONDS = 86_400_000;

/** Creates a user who sets the password through a link. */
export async function inviteUser(
  call: Call,
  input: { readonly email: string; readonly name: string; readonly isAccountOwner: boolean },
): Promise<NewInvite> {
  requireAccount(call);
  return createInvite(call, await createUser(call, { ...input, password: null }));
}

/** A link by which a user sets a password, the first one or a forgotten one. The link before works no more. */
export async function createInvite(call: Call, userId: string): Promise<NewInvite> {
  requireAccount(call);
  const user = await requireUser(userId);
  if (user.disabledAt) throw new AppError('conflict', 'This user is disabled. Enable the user first.');
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(call.now.getTime() + INVITE_DAYS * DAY_MILLISECONDS);
  const fields = { tokenHash: hashSecret(token), createdAt: call.now, expiresAt };
  await inTransaction(async (tx) => {
    await tx.invite.upsert({ where: { userId }, create: { userId, ...fields }, update: fields });
    await recordAudit(call, tx, {
      workspaceId: null,
      action: 'user.invite',
      subjectId: user.id,
      subjectName: user.email,
      detail: { expires_at: expiresAt.toISOString() },
    });
  });
  return { userId, token, expiresAt };
}
