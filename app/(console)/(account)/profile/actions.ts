'use server';

import { z } from 'zod';
import { userAction } from '@/lib/entry/action';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { renewSession } from '@/lib/entry/session';
import { beginSecondFactor } from '@/lib/users/commands/begin-second-factor';
import { changeName } from '@/lib/users/commands/change-name';
import { changePassword } from '@/lib/users/commands/change-password';
import { confirmSecondFactor } from '@/lib/users/commands/confirm-second-factor';
import { endSession } from '@/lib/users/commands/end-session';
import { endSessions } from '@/lib/users/commands/end-sessions';
import { removeOwnSecondFactor } from '@/lib/users/commands/remove-second-factor';
import { renewRecoveryCodes } from '@/lib/users/commands/renew-recovery-codes';
import { PASSWORD_LENGTH_MAX } from '@/lib/users/contract';
import { otpauthUri, toBase32 } from '@/lib/users/totp';
import type { BegunFactor } from './begun-factor';

/** What was typed as the password that there is; whether it is right, the command says. */
const given = z.string().min(1, 'Enter your password.').max(PASSWORD_LENGTH_MAX, 'This is not your password.');
const code = z
  .string()
  .trim()
  .min(1, 'Enter the code that the app shows.')
  .max(100, 'Enter the code that the app shows.');

export const changeNameAction = userAction(z.object({ name: z.string().max(1000) }), async (call, { name }) => {
  await changeName(call, name);
  return null;
});

/** Other browsers are signed out; this one goes on in its session. */
export const changePasswordAction = userAction(
  z.object({ password: given, newPassword: z.string().max(1000) }),
  async (call, { password, newPassword }, session) => {
    await renewSession(session, await changePassword(call, password, newPassword, session.sessionId));
    return null;
  },
);

/** Ends all sessions but this one. */
export const endOtherSessionsAction = userAction(z.object({}), async (call, _input, session) => {
  await renewSession(session, await endSessions(call, session.sessionId));
  return null;
});

/** Ends one session, of another browser. */
export const endSessionAction = userAction(
  z.object({ id: z.uuid('This session is not there any more.') }),
  async (call, { id }) => {
    await endSession(call, id);
    return null;
  },
);

/** Ends all sessions; this browser's page then asks to sign in. */
export const endAllSessionsAction = userAction(z.object({}), async (call) => {
  await endSessions(call, null);
  return null;
});

export const beginSecondFactorAction = userAction(
  z.object({ password: given }),
  async (call, { password }): Promise<BegunFactor> => {
    const { secret, email } = await beginSecondFactor(call, password);
    return { secret: toBase32(secret), uri: otpauthUri(secret, new URL(publicBaseUrl()).host, email) };
  },
);

/** Recovery codes, told this once. */
export const confirmSecondFactorAction = userAction(z.object({ code }), async (call, input): Promise<string[]> => {
  return confirmSecondFactor(call, input.code);
});

export const renewRecoveryCodesAction = userAction(
  z.object({ password: given }),
  async (call, { password }): Promise<string[]> => renewRecoveryCodes(call, password),
);

export const removeSecondFactorAction = userAction(z.object({ password: given }), async (call, { password }) => {
  await removeOwnSecondFactor(call, password);
  return null;
});
