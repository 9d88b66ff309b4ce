import type { Call } from '../../core/call';
import { prisma } from '../../server/db';
import { isSetupOpen } from '../../setup/queries';
import { createUser } from '../../users/commands/create-user';
import { PEOPLE } from '../people';

/** Ids of the demo's users by address. Empty: nobody owns the installation yet. */
export type People = ReadonlyMap<string, string>;

/**
 * Makes the demo's users, or finds them. They have no password, so nobody signs in as one. Where nobody owns the
 * installation there are none: its first user would close the link by which the first owner signs up.
 */
export async function addPeople(call: Call): Promise<People> {
  if (await isSetupOpen()) return new Map();
  const known = await prisma().user.findMany({
    where: { email: { in: PEOPLE.map(({ email }) => email) } },
    select: { id: true, email: true },
  });
  const ids = new Map(known.map(({ email, id }) => [email, id]));
  for (const { email, name } of PEOPLE) {
    if (!ids.has(email)) ids.set(email, await createUser(call, { email, name, password: null, isAccountOwner: false }));
  }
  return ids;
}
