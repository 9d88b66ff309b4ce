import { randomBytes } from 'node:crypto';
import { hashSecret } from '../core/secret';
import { inTransaction } from '../server/db';

/**
 * A token for the one-time set-up link, or NULL where somebody owns the installation. Each start makes one of its own;
 * all of them end with the first owner. Only a hash is kept.
 */
export async function createSetupToken(now: Date): Promise<string | null> {
  const token = randomBytes(24).toString('base64url');
  return inTransaction(async (tx) => {
    if ((await tx.user.count()) > 0) return null;
    await tx.setupLink.create({ data: { tokenHash: hashSecret(token), createdAt: now }, select: { createdAt: true } });
    return token;
  });
}
