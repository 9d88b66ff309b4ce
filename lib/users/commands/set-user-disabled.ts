import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { lockUserCreation } from './create-user';
import { requireAccount, requireUser } from './require-account';
import { raiseEpoch } from './self';
import { requireOtherOwner } from './set-account-owner';

/** Disables a user, whose sessions end at once, or enables one. Nobody disables themselves, nor the last owner. */
export async function setUserDisabled(call: Call, userId: string, isDisabled: boolean): Promise<void> {
  requireAccount(call);
  const user = await requireUser(userId);
  if (call.actor.id === user.id) throw new AppError('conflict', 'You cannot disable yourself. Ask another owner.');
  await inTransaction(async (tx) => {
    await lockUserCreation(tx);
    if (isDisabled) await requireOtherOwner(tx, user.id);
    // The guard sits in the write: what is so already is not done again.
    const { count } = await tx.user.updateMany({
      where: { id: user.id, disabledAt: isDisabled ? null : { not: null } },
      data: { disabledAt: isDisabled ? call.now : null },
    });
    if (count === 0) return;
    if (isDisabled) {
      await raiseEpoch(tx, user.id, call.now, null);
      await tx.invite.deleteMany({ where: { userId: user.id } });
    }
    await recordAudit(call, tx, {
      workspaceId: null,
      action: isDisabled ? 'user.disable' : 'user.enable',
      subjectId: user.id,
      subjectName: user.email,
    });
  });
}
