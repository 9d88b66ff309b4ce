import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, type Tx } from '../../server/db';
import { createRecoveryCodes, hashRecoveryCode } from '../recovery-code';
import { recordOwn, requirePassword, requireSelf } from './self';

/** Gives new recovery codes, told this once; those before work no more. */
export async function renewRecoveryCodes(call: Call, password: string): Promise<string[]> {
  const user = await requireSelf(call);
  await requirePassword(user, password, call.now, 'password');
  return inTransaction(async (tx) => {
    const factor = await tx.secondFactor.findUnique({ where: { userId: user.id }, select: { confirmedAt: true } });
    if (!factor?.confirmedAt) throw new AppError('conflict', 'You have no second factor. Reload the page.');
    await recordOwn(call, tx, user, 'user.renew_recovery_codes');
    return replaceRecoveryCodes(tx, user.id, call.now);
  });
}

/** Puts a new set in the place of a user's recovery codes. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, now: Date): Promise<string[]> {
  const codes = createRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, codeHash: hashRecoveryCode(code) ?? '', createdAt: now })),
  });
  return codes;
}
