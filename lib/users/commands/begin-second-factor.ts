import { randomBytes } from 'node:crypto';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { seal } from '../../server/sealed';
import { TOTP_SECRET_BYTES } from '../totp';
import { requirePassword, requireSelf } from './self';

/** Begins to set up a second factor: returns its secret, which counts once a code of it was given. */
export async function beginSecondFactor(call: Call, password: string): Promise<{ secret: Buffer; email: string }> {
  const user = await requireSelf(call);
  if (!user.hasPassword) {
    throw new AppError('conflict', 'You sign in through your provider, which asks for its own second factor.');
  }
  await requirePassword(user, password, call.now, 'password');
  const secret = randomBytes(TOTP_SECRET_BYTES);
  const fresh = { sealedSecret: new Uint8Array(await seal('second factor', user.id, secret)), createdAt: call.now };
  const isBegun = await inTransaction(async (tx) => {
    // One that is in use is not replaced by an open browser and a password: it is removed first.
    const known = await tx.secondFactor.findUnique({ where: { userId: user.id }, select: { confirmedAt: true } });
    if (known?.confirmedAt) return false;
    await tx.secondFactor.deleteMany({ where: { userId: user.id, confirmedAt: null } });
    await tx.secondFactor.createMany({ data: [{ userId: user.id, ...fresh }], skipDuplicates: true });
    return true;
  });
  if (!isBegun) throw new AppError('conflict', 'You have a second factor already. Remove it first.');
  return { secret, email: user.email };
}
