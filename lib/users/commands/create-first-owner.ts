import { recordAudit } from '../../audit/commands';
import { systemCall } from '../../core/call';
import { AppError } from '../../core/errors';
import { hashSecret } from '../../core/secret';
import { inTransaction } from '../../server/db';
import { isSetupTokenValid } from '../../setup/queries';
import { type FirstOwnerInput, firstOwnerInput } from '../contract';
import { parseInput } from '../input';
import { hashPassword } from '../password';
import { lockUserCreation } from './create-user';

/**
 * Creates the owner of a new installation; a set-up link's token is the authorisation. All links end with it. Of two
 * submissions at once the second is told that somebody was faster. Returns the user's id.
 */
export async function createFirstOwner(
  setupToken: string,
  rawInput: FirstOwnerInput,
  now: Date,
  requestId: string,
): Promise<string> {
  // Asked before the costly hash, and again under the lock.
  if (!(await isSetupTokenValid(setupToken))) throw refuseToken();
  const input = parseInput(firstOwnerInput, rawInput);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(async (tx) => {
    await lockUserCreation(tx);
    if ((await tx.user.count()) > 0) {
      throw new AppError('conflict', 'This installation has an owner by now. Sign in instead.');
    }
    const links = await tx.setupLink.count({ where: { tokenHash: hashSecret(setupToken) } });
    if (links === 0) throw refuseToken();
    await tx.setupLink.deleteMany();
    const { id } = await tx.user.create({
      data: { email: input.email, name: input.name, passwordHash, isAccountOwner: true, createdAt: now },
      select: { id: true },
    });
    const call = systemCall('setup', now, requestId);
    await recordAudit({ ...call, actor: { kind: 'user', id, label: input.email } }, tx, {
      workspaceId: null,
      action: 'user.create_first_owner',
      subjectId: id,
      subjectName: input.email,
    });
    return id;
  });
}

function refuseToken(): AppError {
  return new AppError('forbidden', 'This set-up link is not valid. Take the newest one from the server’s log.');
}
