import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env } from './env';
import { readSigningSecret } from './secret-file';

/** What is kept encrypted, so that the database alone does not tell it. Each purpose has a key of its own. */
export type SealPurpose = 'second factor';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keys = new Map<SealPurpose, Promise<Buffer>>();

/** Derived from the installation's secret; read once, as that never changes while the process runs. */
function keyOf(purpose: SealPurpose): Promise<Buffer> {
  const known = keys.get(purpose);
  if (known) return known;
  const made = readSigningSecret(env()).then((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', `keyledger ${purpose}`, 32)),
  );
  keys.set(purpose, made);
  return made;
}

/** Encrypts with AES-256-GCM. `owner` is bound to it: what is sealed for one opens for no other. */
export async function seal(purpose: SealPurpose, owner: string, plain: Uint8Array): Promise<Buffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(purpose), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** What was sealed. NULL: by another installation's secret, for another owner, or changed since. */
export async function unseal(purpose: SealPurpose, owner: string, sealed: Uint8Array): Promise<Buffer | null> {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(purpose), bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    // The tag does not fit: the cipher tells no more than that.
    return null;
  }
}
