import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, type Tx } from '../../server/db';
import { lockUserCreation } from './create-user';
import { requireAccount, requireUser } from './require-account';

/** Makes a user an owner of the account, or takes that back. There is always an owner left who can sign in. */
export async function setAccountOwner(call: Call, userId: string, isAccountOwner: boolean): Promise<void> {
  requireAccount(call);
  const user = await requireUser(userId);
  if (call.actor.id === user.id)
    throw new AppError('conflict', 'You cannot change this for yourself. Ask another owner.');
  await inTransaction(async (tx) => {
    await lockUserCreation(tx);
    if (!isAccountOwner) await requireOtherOwner(tx, user.id);
    const { count } = await tx.user.updateMany({
      where: { id: user.id, isAccountOwner: !isAccountOwner },
      data: { isAccountOwner },
    });
    if (count === 0) return;
    await recordAudit(call, tx, {
      workspaceId: null,
      action: isAccountOwner ? 'user.make_owner' : 'user.unmake_owner',
      subjectId: user.id,
      subjectName: user.email,
    });
  });
}

/** Asked under the lock of `lockUserCreation`, so that two owners do not take each other out. */
export async function requireOtherOwner(tx: Tx, userId: string): Promise<void> {
  const others = await tx.user.count({ where: { isAccountOwner: true, disabledAt: null, id: { not: userId } } });
  if (others === 0)
    throw new AppError('conflict', 'This is the last owner of the account. Make another user owner first.');
}
