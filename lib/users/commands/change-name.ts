import type { Call } from '../../core/call';
import { inTransaction } from '../../server/db';
import { changeNameInput } from '../contract';
import { parseInput } from '../input';
import { recordOwn, requireSelf } from './self';

/** Gives the caller another name. */
export async function changeName(call: Call, rawName: string): Promise<void> {
  const user = await requireSelf(call);
  const { name } = parseInput(changeNameInput, { name: rawName });
  if (name === user.name) return;
  await inTransaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { name }, select: { id: true } });
    await recordOwn(call, tx, user, 'user.change_name', { before: user.name, after: name });
  });
}
