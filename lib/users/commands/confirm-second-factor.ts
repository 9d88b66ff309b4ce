import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, prisma } from '../../server/db';
import { unseal } from '../../server/sealed';
import { countTry, forgetTries } from '../../throttles/commands';
import { codeThrottle } from '../sign-in-throttle';
import { findStep } from '../totp';
import { replaceRecoveryCodes } from './renew-recovery-codes';
import { recordOwn, requireSelf } from './self';

/** Confirms the second factor by a code of it, and gives recovery codes, which are told this once. */
export async function confirmSecondFactor(call: Call, code: string): Promise<string[]> {
  const user = await requireSelf(call);
  const throttle = codeThrottle(user.id);
  if ((await countTry(throttle, call.now)) !== null) {
    throw new AppError('rate_limited', 'Too many wrong codes. Try again tomorrow.', { field: 'code' });
  }
  const factor = await prisma().secondFactor.findUnique({ where: { userId: user.id } });
  if (!factor || factor.confirmedAt) throw new AppError('conflict', 'Nothing is being set up. Begin again.');
  const secret = await unseal('second factor', user.id, factor.sealedSecret);
  const step = secret && findStep(secret, code.replace(/\s+/g, ''), call.now, 0n);
  if (step === null) {
    throw new AppError('invalid_input', 'This is not the code that the app shows now. Check the clock of your phone.', {
      field: 'code',
    });
  }
  const codes = await inTransaction(async (tx) => {
    const { count } = await tx.secondFactor.updateMany({
      where: { userId: user.id, confirmedAt: null, sealedSecret: factor.sealedSecret },
      data: { confirmedAt: call.now, lastStep: step },
    });
    if (count === 0) throw new AppError('conflict', 'It was set up from another window meanwhile. Reload the page.');
    await recordOwn(call, tx, user, 'user.add_second_factor');
    return replaceRecoveryCodes(tx, user.id, call.now);
  });
  await forgetTries([throttle.subject], call.now);
  return codes;
}
