import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction } from '../../server/db';
import { email as emailSchema, password as passwordSchema } from '../contract';
import { parseInput } from '../input';
import { hashPassword } from '../password';
import { emailThrottle } from '../sign-in-throttle';
import { raiseEpoch } from './self';

/** Gives a user a new password, signs the user out everywhere, and forgets the failed sign-ins of the address. */
export async function resetPassword(call: Call, rawEmail: string, rawPassword: string): Promise<void> {
  requireScope(call, 'workspaces:write');
  if (call.workspace !== null)
    throw new AppError('forbidden', 'Only a caller of the whole account can reset passwords.');
  const email = parseInput(emailSchema, rawEmail);
  const passwordHash = await hashPassword(parseInput(passwordSchema, rawPassword));
  await inTransaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (!user) throw new AppError('not_found', `There is no user ${email}.`, { field: 'email' });
    await tx.user.update({ where: { id: user.id }, data: { passwordHash }, select: { id: true } });
    await raiseEpoch(tx, user.id, call.now, null);
    await tx.signInThrottle.deleteMany({ where: { subject: emailThrottle(email).subject } });
    await recordAudit(call, tx, {
      workspaceId: null,
      action: 'user.reset_password',
      subjectId: user.id,
      subjectName: email,
    });
  });
}
