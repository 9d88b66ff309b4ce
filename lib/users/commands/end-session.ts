import { validate as isUuid } from 'uuid';
import type { Call } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, prisma } from '../../server/db';
import { recordOwn, requireSelf } from './self';

/** Ends one session of the caller, from its next request on. One that has ended already stays as it is. */
export async function endSession(call: Call, sessionId: string): Promise<void> {
  const user = await requireSelf(call);
  await inTransaction(async (tx) => {
    const session = isUuid(sessionId)
      ? await tx.session.findFirst({
          where: { id: sessionId, userId: user.id },
          select: { device: true, clientAddress: true },
        })
      : null;
    if (!session) throw new AppError('not_found', 'This session is not there any more.');
    // The guard sits in the write: of two at once, one ends it.
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId: user.id, endedAt: null },
      data: { endedAt: call.now },
    });
    if (count === 0) return;
    const { device, clientAddress } = session;
    await recordOwn(call, tx, user, 'user.end_session', {
      device,
      ...(clientAddress === null ? {} : { clientAddress }),
    });
  });
}

/** Ends the session of a browser that signs out. Authorises nobody: the caller has read its cookie. */
export async function leaveSession(sessionId: string, now: Date): Promise<void> {
  await prisma().session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: now } });
}
