import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { inTransaction, type Tx } from '../../server/db';
import { type CreateUserInput, createUserInput } from '../contract';
import { parseInput } from '../input';
import { hashPassword } from '../password';

/** Creates a user, who reaches nothing until made a member, unless an owner of the account. Returns the user's id. */
export async function createUser(call: Call, rawInput: CreateUserInput): Promise<string> {
  requireScope(call, 'workspaces:write');
  if (call.workspace !== null) throw new AppError('forbidden', 'Only a caller of the whole account can create users.');
  const input = parseInput(createUserInput, rawInput);
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  return inTransaction(async (tx) => {
    await lockUserCreation(tx);
    const taken = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
    if (taken) {
      throw new AppError('conflict', `There is a user ${input.email} already. Use another address.`, {
        field: 'email',
      });
    }
    const { id } = await tx.user.create({
      data: {
        email: input.email,
        name: input.name,
        passwordHash,
        isAccountOwner: input.isAccountOwner,
        createdAt: call.now,
      },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: null,
      action: 'user.create',
      subjectId: id,
      subjectName: input.email,
      detail: { isAccountOwner: input.isAccountOwner },
    });
    return id;
  });
}

/** One user is created at a time: so an address is free, or nobody owns the installation, until the transaction ends. */
export async function lockUserCreation(tx: Tx): Promise<void> {
  // Ends with the transaction: no session state, which PgBouncer's transaction mode would lose.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('user-creation'))::text`;
}
