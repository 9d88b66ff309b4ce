import { randomUUID } from 'node:crypto';
import { recordAudit } from '../../audit/commands';
import { systemCall } from '../../core/call';
import { inTransaction, prisma } from '../../server/db';
import { unseal } from '../../server/sealed';
import type { User } from '../contract';
import { hashRecoveryCode } from '../recovery-code';
import { CODE_PATTERN, findStep } from '../totp';

/** Whether a code is the second factor's of this moment, or a recovery code. Either works once, also for two at once. */
export async function takeCode(user: User, typed: string, now: Date): Promise<boolean> {
  const digits = typed.replace(/\s+/g, '');
  return CODE_PATTERN.test(digits) ? takeTotp(user, digits, now) : takeRecoveryCode(user, typed, now);
}

async function takeTotp({ id }: User, code: string, now: Date): Promise<boolean> {
  const factor = await prisma().secondFactor.findUnique({ where: { userId: id } });
  const secret = factor && (await unseal('second factor', id, factor.sealedSecret));
  const step = secret && findStep(secret, code, now, factor.lastStep);
  if (step === null) return false;
  // The guard sits in the write: of two tries with one code, one moves the step.
  const { count } = await prisma().secondFactor.updateMany({
    where: { userId: id, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

async function takeRecoveryCode(user: User, typed: string, now: Date): Promise<boolean> {
  const codeHash = hashRecoveryCode(typed);
  if (codeHash === null) return false;
  return inTransaction(async (tx) => {
    const { count } = await tx.recoveryCode.updateMany({
      where: { userId: user.id, codeHash, usedAt: null },
      data: { usedAt: now },
    });
    if (count === 0) return false;
    const actor = { kind: 'user', id: user.id, label: user.email } as const;
    await recordAudit({ ...systemCall('sign-in', now, randomUUID()), actor }, tx, {
      workspaceId: null,
      action: 'user.use_recovery_code',
      subjectId: user.id,
      subjectName: user.email,
    });
    return true;
  });
}
