import { formatExactTime } from '@/components/format/time';
import type { ActorKind, AuditEntry } from '@/lib/audit/contract';
import { actionWord, subjectHref } from './action-words';
import { describeDetail } from './describe-detail';
import type { DetailLine } from './detail-line';

/** An entry as the page shows it. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly exactTime: string;
  readonly action: string;
  readonly what: string;
  readonly subjectId: string;
  readonly subjectName: string;
  /** NULL: the subject has no page, or has it no more. */
  readonly subjectHref: string | null;
  readonly actorId: string;
  readonly actorLabel: string;
  readonly actorKind: ActorKind;
  readonly lines: readonly DetailLine[];
  readonly requestId: string;
}

export function toAuditRow(slug: string, zone: string, entry: AuditEntry): AuditRow {
  const { action, subjectId, subjectName } = entry;
  return {
    id: String(entry.id),
    at: entry.at,
    exactTime: formatExactTime(entry.at, zone),
    action,
    what: actionWord(action),
    subjectId,
    subjectName,
    subjectHref: entry.workspaceId === null ? null : subjectHref(slug, action, subjectId, subjectName),
    actorId: entry.actorId,
    actorLabel: entry.actorLabel,
    actorKind: entry.actorKind,
    lines: describeDetail(action, entry.detail),
    requestId: entry.requestId,
  };
}
