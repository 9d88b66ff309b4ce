import { recordAudit } from '../../audit/commands';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { prisma, type Tx } from '../../server/db';
import { countTry, takeBackTry } from '../../throttles/commands';
import type { User } from '../contract';
import { isPasswordRight } from '../password';
import { userColumns } from '../queries';
import { emailThrottle } from '../sign-in-throttle';

/** The user who calls; nobody else acts on an own account. */
export async function requireSelf(call: Call): Promise<User & { readonly hasPassword: boolean }> {
  const row =
    call.actor.kind === 'user'
      ? await prisma().user.findFirst({
          where: { id: call.actor.id, disabledAt: null },
          select: { ...userColumns, passwordHash: true },
        })
      : null;
  if (!row) throw new AppError('forbidden', 'Only a user who is signed in can do this.');
  const { passwordHash, ...user } = row;
  return { ...user, hasPassword: passwordHash !== null };
}

/**
 * Asks for the password again before what an open browser alone must not do. Wrong ones count like failed sign-ins.
 * `field` is the form's name for it.
 */
export async function requirePassword(user: User, given: string, now: Date, field: string): Promise<void> {
  const throttle = emailThrottle(user.email);
  const wait = await countTry(throttle, now);
  if (wait !== null) {
    const minutes = Math.ceil(wait / 60);
    throw new AppError('rate_limited', `Too many failed tries. Try again in ${minutes} min.`, {
      field,
      retryAfterSeconds: wait,
    });
  }
  const row = await prisma().user.findUnique({ where: { id: user.id }, select: { passwordHash: true } });
  if (!(await isPasswordRight(given, row?.passwordHash ?? null))) {
    throw new AppError('invalid_input', 'This is not your password.', { field });
  }
  await takeBackTry(throttle.subject);
}

/** Writes down what a user did to the own account. */
export async function recordOwn(
  call: Call,
  tx: Tx,
  user: User,
  action: string,
  detail: Record<string, string> = {},
): Promise<void> {
  await recordAudit(call, tx, { workspaceId: null, action, subjectId: user.id, subjectName: user.email, detail });
}

/**
 * Ends all sessions of a user, but for the one that is kept. Returns the epoch in which the next begins, and which the
 * cookie of the kept one must carry.
 */
export async function raiseEpoch(tx: Tx, userId: string, now: Date, keptSessionId: string | null): Promise<number> {
  // First the user: a session that begins at this moment then waits, and finds that its epoch is over.
  const { sessionEpoch } = await tx.user.update({
    where: { id: userId },
    data: { sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  await tx.session.updateMany({
    where: { userId, endedAt: null, ...(keptSessionId === null ? {} : { id: { not: keptSessionId } }) },
    data: { endedAt: now },
  });
  return sessionEpoch;
}
