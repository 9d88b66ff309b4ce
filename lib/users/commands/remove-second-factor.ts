import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { forgetTries } from '../../throttles/commands';
import type { User } from '../contract';
import { codeThrottle } from '../sign-in-throttle';
import { requireAccount, requireUser } from './require-account';
import { requirePassword, requireSelf } from './self';

/** Removes the caller's own second factor and its recovery codes. */
export async function removeOwnSecondFactor(call: Call, password: string): Promise<void> {
  const user = await requireSelf(call);
  await requirePassword(user, password, call.now, 'password');
  await removeFactor(call, user);
}

/** Removes the second factor of a user who lost it; by owners of the account and the command line. */
export async function removeSecondFactorOf(call: Call, userId: string): Promise<void> {
  requireAccount(call);
  await removeFactor(call, await requireUser(userId));
}

async function removeFactor(call: Call, user: Pick<User, 'id' | 'email'>): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.secondFactor.deleteMany({ where: { userId: user.id } });
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    if (count === 0) throw new AppError('conflict', 'There is no second factor. Reload the page.');
    await recordAudit(call, tx, {
      workspaceId: null,
      action: 'user.remove_second_factor',
      subjectId: user.id,
      subjectName: user.email,
    });
  });
  await forgetTries([codeThrottle(user.id).subject], call.now);
}
