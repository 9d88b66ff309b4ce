import { recordAudit } from '../../audit/commands';
import { systemCall } from '../../core/call';
import { inTransaction, type Tx } from '../../server/db';
import { email as emailSchema, type IdentityClaims, type IdentityOutcome, type User } from '../contract';
import { userColumns } from '../queries';

/**
 * Signs in whom an OpenID Connect provider vouches for. A known (issuer, subject) is its user, whatever the e-mail says
 * today; an unknown one is linked to the user of the same verified e-mail. Users are never created here.
 */
export async function signInByIdentity(claims: IdentityClaims, now: Date, requestId: string): Promise<IdentityOutcome> {
  return inTransaction(async (tx) => {
    const known = await tx.userIdentity.findUnique({
      where: { issuer_subject: { issuer: claims.issuer, subject: claims.subject } },
      select: { user: { select: { ...userColumns, disabledAt: true } } },
    });
    const found = known?.user ?? (await findByVerifiedEmail(tx, claims.verifiedEmail));
    if (!found) return { kind: claims.verifiedEmail === null ? 'unverified' : 'unknown' };
    const { disabledAt, ...user } = found;
    if (disabledAt !== null) return { kind: 'disabled' };
    if (!known) await link(tx, user, claims, now, requestId);
    await tx.user.update({ where: { id: user.id }, data: { lastSignInAt: now }, select: { id: true } });
    return { kind: 'accepted', user };
  });
}

async function findByVerifiedEmail(tx: Tx, verifiedEmail: string | null) {
  const parsed = emailSchema.safeParse(verifiedEmail);
  if (!parsed.success) return null;
  return tx.user.findUnique({ where: { email: parsed.data }, select: { ...userColumns, disabledAt: true } });
}

async function link(tx: Tx, user: User, claims: IdentityClaims, now: Date, requestId: string): Promise<void> {
  // Two first sign-ins at once make one link.
  const { count } = await tx.userIdentity.createMany({
    data: [{ issuer: claims.issuer, subject: claims.subject, userId: user.id, createdAt: now }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const call = {
    ...systemCall('oidc', now, requestId),
    actor: { kind: 'user', id: user.id, label: user.email } as const,
  };
  await recordAudit(call, tx, {
    workspaceId: null,
    action: 'user.link_identity',
    subjectId: user.id,
    subjectName: user.email,
    detail: { issuer: claims.issuer },
  });
}
