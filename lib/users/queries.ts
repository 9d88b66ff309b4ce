import { validate as isUuid } from 'uuid';
import type { Prisma } from '../../generated/prisma/client';
import { prisma } from '../server/db';
import type { User } from './contract';

/** Everything but `passwordHash`: this list is what keeps it out of every answer. */
export const userColumns = {
  id: true,
  email: true,
  name: true,
  isAccountOwner: true,
  sessionEpoch: true,
} satisfies Prisma.UserSelect;

/** A user who may sign in. NULL: none such, or disabled. Authorises nobody: it is what the sign-in gate asks. */
export async function findActiveUser(id: string): Promise<User | null> {
  if (!isUuid(id)) return null;
  return prisma().user.findFirst({ where: { id, disabledAt: null }, select: userColumns });
}

/** The user that an identity of an OpenID Connect provider is linked to. NULL: none, or disabled. */
export async function findActiveUserByIdentity(issuer: string, subject: string): Promise<User | null> {
  const row = await prisma().userIdentity.findFirst({
    where: { issuer, subject, user: { disabledAt: null } },
    select: { user: { select: userColumns } },
  });
  return row?.user ?? null;
}
