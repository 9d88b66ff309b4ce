import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { password as passwordSchema } from '../contract';
import { hashPassword } from '../password';
import { raiseEpoch, recordOwn, requirePassword, requireSelf } from './self';

/**
 * Gives the caller another password, for the one that it has. All sessions end but for the one that is kept (NULL: none);
 * returns the epoch that its cookie must carry from now on.
 */
export async function changePassword(
  call: Call,
  given: string,
  rawNext: string,
  keptSessionId: string | null,
): Promise<number> {
  const user = await requireSelf(call);
  const parsed = passwordSchema.safeParse(rawNext);
  if (!parsed.success) {
    throw new AppError('invalid_input', parsed.error.issues[0]?.message ?? '', { field: 'newPassword' });
  }
  await requirePassword(user, given, call.now, 'password');
  if (given.normalize('NFKC') === parsed.data.normalize('NFKC')) {
    throw new AppError('invalid_input', 'This is the password that you have. Choose another.', {
      field: 'newPassword',
    });
  }
  const passwordHash = await hashPassword(parsed.data);
  return inTransaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { passwordHash }, select: { id: true } });
    await recordOwn(call, tx, user, 'user.change_password');
    return raiseEpoch(tx, user.id, call.now, keptSessionId);
  });
}
