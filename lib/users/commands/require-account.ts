import { validate as isUuid } from 'uuid';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { prisma } from '../../server/db';
import type { User } from '../contract';
import { userColumns } from '../queries';

/** Users belong to the account: only callers of the whole account change them. */
export function requireAccount(call: Call): void {
  requireScope(call, 'workspaces:write');
  if (call.workspace !== null) throw new AppError('forbidden', 'Only owners of the account manage its users.');
}

export async function requireUser(userId: string): Promise<User & { readonly disabledAt: Date | null }> {
  const user = isUuid(userId)
    ? await prisma().user.findUnique({ where: { id: userId }, select: { ...userColumns, disabledAt: true } })
    : null;
  if (!user) throw new AppError('not_found', 'This user is not here any more.');
  return user;
}
