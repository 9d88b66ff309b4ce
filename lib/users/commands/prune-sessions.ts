import { prisma } from '../../server/db';
import { sessionsBeganAfter } from '../session';

/** Forgets sessions whose time is over, ended before or not. A hundred a user at most, so it is one statement. */
export async function pruneSessions(now: Date): Promise<number> {
  const { count } = await prisma().session.deleteMany({ where: { createdAt: { lte: sessionsBeganAfter(now) } } });
  return count;
}
