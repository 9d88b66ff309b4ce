import { prisma, queryRows } from '../../server/db';
import { email as emailSchema, PASSWORD_LENGTH_MAX, type SignInOutcome } from '../contract';
import { isPasswordRight } from '../password';
import { userColumns } from '../queries';
import {
  ADDRESS_FAILURES_MAX,
  addressSubject,
  EMAIL_FAILURES_MAX,
  emailSubject,
  secondsUntilWindowEnds,
  THROTTLE_WINDOW_MILLISECONDS,
} from '../sign-in-throttle';

/**
 * Checks an address and a password. A try counts as failed before the password is looked at, and is taken back when it
 * was right: so tries at once, on any number of processes, can't exceed the bound. A throttled try is refused even with
 * the right password. The work is the same for a user who does not exist.
 */
export async function verifySignIn(
  rawEmail: string,
  password: string,
  clientAddress: string,
  now: Date,
): Promise<SignInOutcome> {
  const parsed = emailSchema.safeParse(rawEmail);
  if (!parsed.success || password.length > PASSWORD_LENGTH_MAX) return { kind: 'refused' };
  const email = parsed.data;
  const address = addressSubject(clientAddress);
  const wait =
    (await countFailure(address, ADDRESS_FAILURES_MAX, now)) ??
    (await countFailure(emailSubject(email), EMAIL_FAILURES_MAX, now));
  if (wait !== null) return { kind: 'throttled', retryAfterSeconds: wait };

  const row = await prisma().user.findFirst({
    where: { email, disabledAt: null },
    select: { ...userColumns, passwordHash: true },
  });
  if (!(await isPasswordRight(password, row?.passwordHash ?? null)) || !row) return { kind: 'refused' };
  const { passwordHash: _secret, ...user } = row;
  await forgetFailures(email, address, now);
  await prisma().user.update({ where: { id: user.id }, data: { lastSignInAt: now }, select: { id: true } });
  return { kind: 'accepted', user };
}

/** Counts a failure of a subject. NULL: it is within the bound; else the seconds until the window ends. */
async function countFailure(subject: string, failuresMax: number, now: Date): Promise<number | null> {
  const windowStart = new Date(now.getTime() - THROTTLE_WINDOW_MILLISECONDS);
  // One row a subject: a window that is over begins anew, and the count stops one above the bound.
  const [row] = await queryRows<{ failures: number; started_at: Date }>(
    `INSERT INTO sign_in_throttles AS throttle (subject, failures, started_at) VALUES ($1, 1, $2)
     ON CONFLICT (subject) DO UPDATE SET
       failures = CASE WHEN throttle.started_at <= $3 THEN 1 ELSE LEAST(throttle.failures + 1, $4::int + 1) END,
       started_at = CASE WHEN throttle.started_at <= $3 THEN $2 ELSE throttle.started_at END
     RETURNING failures, started_at`,
    [subject, now, windowStart, failuresMax],
  );
  return row && row.failures > failuresMax ? secondsUntilWindowEnds(row.started_at, now) : null;
}

/**
 * A success clears the e-mail address, and takes back its own count alone from the client's: else whoever has an account
 * could go on guessing others' passwords. Windows that are over go too, so the table stays as small as its traffic.
 */
async function forgetFailures(email: string, address: string, now: Date): Promise<void> {
  const windowStart = new Date(now.getTime() - THROTTLE_WINDOW_MILLISECONDS);
  await prisma().signInThrottle.deleteMany({
    where: { OR: [{ subject: emailSubject(email) }, { startedAt: { lte: windowStart } }] },
  });
  await prisma().signInThrottle.updateMany({
    where: { subject: address, failures: { gt: 0 } },
    data: { failures: { decrement: 1 } },
  });
}
