import { recordAudit } from '../../audit/commands';
import { systemCall } from '../../core/call';
import { AppError } from '../../core/errors';
import { hashSecret } from '../../core/secret';
import { inTransaction } from '../../server/db';
import { password as passwordSchema } from '../contract';
import { parseInput } from '../input';
import { hashPassword } from '../password';
import { findInvitedUser } from '../queries';
import { emailThrottle } from '../sign-in-throttle';
import { raiseEpoch } from './self';

/**
 * Sets the password of the user whom a link is for; the token is the authorisation, and works once. All sessions that the
 * user had end. A second factor stays. Returns the e-mail address to sign in with.
 */
export async function acceptInvite(
  token: string,
  rawPassword: string,
  now: Date,
  requestId: string,
): Promise<{ email: string }> {
  // Asked before the costly hash, and again in the transaction.
  if (!(await findInvitedUser(token, now))) throw refuseToken();
  const passwordHash = await hashPassword(parseInput(passwordSchema, rawPassword));
  return inTransaction(async (tx) => {
    const invite = await tx.invite.findFirst({
      where: { tokenHash: hashSecret(token), expiresAt: { gt: now }, user: { disabledAt: null } },
      select: { userId: true, user: { select: { email: true } } },
    });
    // The guard sits in the write: of two at once, one takes the link.
    const taken = invite ? await tx.invite.deleteMany({ where: { tokenHash: hashSecret(token) } }) : { count: 0 };
    if (!invite || taken.count === 0) throw refuseToken();
    const { userId } = invite;
    const { email } = invite.user;
    await tx.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } });
    await raiseEpoch(tx, userId, now, null);
    await tx.signInThrottle.deleteMany({ where: { subject: emailThrottle(email).subject } });
    await recordAudit(
      { ...systemCall('invite', now, requestId), actor: { kind: 'user', id: userId, label: email } },
      tx,
      {
        workspaceId: null,
        action: 'user.accept_invite',
        subjectId: userId,
        subjectName: email,
      },
    );
    return { email };
  });
}

function refuseToken(): AppError {
  return new AppError('forbidden', 'This link works no more. Ask an owner for a new one.');
}
