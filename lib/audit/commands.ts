import type { Prisma } from '../../generated/prisma/client';
import type { Call } from '../core/call';
import type { Tx } from '../server/db';

export interface AuditFact {
  /** NULL: concerns the account. */
  readonly workspaceId: string | null;
  /** `key.create`, `key.rotate`, … */
  readonly action: string;
  readonly subjectId: string;
  readonly subjectName: string;
  /** Changed fields, before and after. Never a secret. */
  readonly detail?: Prisma.InputJsonObject;
}

/** Writes down who did what, in the transaction that does it. */
export async function recordAudit(call: Call, tx: Tx, fact: AuditFact): Promise<void> {
  await tx.auditEntry.create({ data: toEntry(call, fact), select: { id: true } });
}

/** As `recordAudit`, for what was done to many things at once. */
export async function recordAudits(call: Call, tx: Tx, facts: readonly AuditFact[]): Promise<void> {
  await tx.auditEntry.createMany({ data: facts.map((fact) => toEntry(call, fact)) });
}

function toEntry(call: Call, fact: AuditFact): Prisma.AuditEntryCreateManyInput {
  return {
    workspaceId: fact.workspaceId,
    at: call.now,
    actorKind: call.actor.kind,
    actorId: call.actor.id,
    actorLabel: call.actor.label,
    action: fact.action,
    subjectId: fact.subjectId,
    subjectName: fact.subjectName,
    detail: fact.detail ?? {},
    requestId: call.requestId,
  };
}
