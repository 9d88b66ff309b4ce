import { prisma } from '../../server/db';
import { countTry, forgetTries, takeBackTry } from '../../throttles/commands';
import { email as emailSchema, PASSWORD_LENGTH_MAX, type SignInOutcome } from '../contract';
import { isPasswordRight } from '../password';
import { userColumns } from '../queries';
import { addressThrottle, codeThrottle, emailThrottle } from '../sign-in-throttle';
import { takeCode } from './take-code';

/**
 * Checks an address, a password and, where the user has a second factor, a code of it. A try counts as failed before
 * anything is looked at, and is taken back when it was right: so tries at once, on any number of processes, can't exceed
 * the bound. A throttled try is refused even with the right password. The work is the same for a user who does not exist.
 */
export async function verifySignIn(
  rawEmail: string,
  password: string,
  clientAddress: string,
  now: Date,
  code = '',
): Promise<SignInOutcome> {
  const parsed = emailSchema.safeParse(rawEmail);
  if (!parsed.success || password.length > PASSWORD_LENGTH_MAX) return { kind: 'refused' };
  const [byAddress, byEmail] = [addressThrottle(clientAddress), emailThrottle(parsed.data)];
  const wait = (await countTry(byAddress, now)) ?? (await countTry(byEmail, now));
  if (wait !== null) return { kind: 'throttled', retryAfterSeconds: wait };

  const row = await prisma().user.findFirst({
    where: { email: parsed.data, disabledAt: null },
    select: { ...userColumns, passwordHash: true, secondFactor: { select: { confirmedAt: true } } },
  });
  if (!(await isPasswordRight(password, row?.passwordHash ?? null)) || !row) return { kind: 'refused' };
  const { passwordHash: _secret, secondFactor, ...user } = row;

  const byCode = codeThrottle(user.id);
  if (secondFactor?.confirmedAt) {
    if (code.trim() === '') {
      // The form asks for the code next. Only this try is taken back: wrong codes before it still count.
      await Promise.all([takeBackTry(byAddress.subject), takeBackTry(byEmail.subject)]);
      return { kind: 'code_needed' };
    }
    const codeWait = await countTry(byCode, now);
    if (codeWait !== null) return { kind: 'throttled', retryAfterSeconds: codeWait };
    if (!(await takeCode(user, code, now))) return { kind: 'code_refused' };
  }
  // The client takes back its own try alone: else whoever has an account could go on guessing others' passwords.
  await Promise.all([forgetTries([byEmail.subject, byCode.subject], now), takeBackTry(byAddress.subject)]);
  await prisma().user.update({ where: { id: user.id }, data: { lastSignInAt: now }, select: { id: true } });
  return { kind: 'accepted', user };
}
