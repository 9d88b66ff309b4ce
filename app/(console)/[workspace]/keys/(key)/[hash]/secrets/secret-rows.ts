import type { KeySecret } from '@/lib/keys/queries/list-secrets';

/** `current`: the newest. `grace`: rotated out, works still. `ended`: refused. */
export type SecretState = 'current' | 'grace' | 'ended';

export interface SecretRow {
  readonly id: string;
  /** `kl_live_7Qm2…x4Zp` */
  readonly hint: string;
  readonly state: SecretState;
  readonly createdAt: Date;
  readonly endsAt: Date | null;
  /** NULL: never. */
  readonly lastUsedAt: Date | null;
}

export function toSecretRows(secrets: readonly KeySecret[], now: Date): SecretRow[] {
  return secrets.map(({ label, createdAt, endsAt, lastUsedAt }) => ({
    id: `${label} ${createdAt.toISOString()}`,
    hint: label.replace('...', '…'),
    state: endsAt === null ? 'current' : endsAt > now ? 'grace' : 'ended',
    createdAt,
    endsAt,
    lastUsedAt,
  }));
}

/** What of a rotation wants an answer. */
export type RotationAdvice =
  /** The old secret is presented since there is a newer one: whoever does so will be refused. */
  | { readonly kind: 'old_in_use'; readonly old: SecretRow; readonly endsAt: Date; readonly lastUsedAt: Date }
  /** The new secret is nowhere yet. */
  | { readonly kind: 'new_unused'; readonly old: SecretRow; readonly endsAt: Date }
  /** All callers have changed over. */
  | { readonly kind: 'done'; readonly old: SecretRow; readonly endsAt: Date }
  /** One secret for very long. */
  | { readonly kind: 'old_age'; readonly days: number }
  | { readonly kind: 'none' };

const DAY_MILLISECONDS = 86_400_000;
/** From here on a secret is said to be old. */
const OLD_DAYS = 180;

export function adviseRotation(secrets: readonly SecretRow[], now: Date): RotationAdvice {
  const current = secrets.find(({ state }) => state === 'current');
  const old = secrets.find(({ state }) => state === 'grace');
  if (!current) return { kind: 'none' };
  if (old?.endsAt) {
    const { endsAt, lastUsedAt } = old;
    if (lastUsedAt !== null && lastUsedAt > current.createdAt) return { kind: 'old_in_use', old, endsAt, lastUsedAt };
    return current.lastUsedAt === null ? { kind: 'new_unused', old, endsAt } : { kind: 'done', old, endsAt };
  }
  const days = Math.floor((now.getTime() - current.createdAt.getTime()) / DAY_MILLISECONDS);
  return days >= OLD_DAYS ? { kind: 'old_age', days } : { kind: 'none' };
}
