/** What an actor is: a person, a service with a management key, or the product itself. */
export type ActorKind = 'user' | 'management_key' | 'system';

export interface AuditEntry {
  /** Counts up in the order of writing. */
  readonly id: bigint;
  /** NULL: concerns the account. */
  readonly workspaceId: string | null;
  readonly at: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly actorLabel: string;
  /** `key.create`, `key.rotate`, … */
  readonly action: string;
  readonly subjectId: string;
  readonly subjectName: string;
  /** Changed fields, before and after. Holds no secret. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string;
}

/** Which entries a list is of. What is absent does not restrict. */
export interface AuditFilter {
  /** NULL: those that concern the account, which owners of the account read. */
  readonly workspaceId: string | null;
  readonly actorId?: string;
  readonly action?: string;
  readonly subjectId?: string;
  /** Part of a subject's name; case does not matter. */
  readonly search?: string;
  /** `[from, to)` */
  readonly from?: Date;
  readonly to?: Date;
}

/** Where a page begins: at the newest entry, or beside one. Pages by entry stay in place while entries are added. */
export type AuditPosition =
  | { readonly kind: 'newest' }
  | { readonly kind: 'before'; readonly id: bigint }
  | { readonly kind: 'after'; readonly id: bigint };

export interface AuditPage {
  /** Newest first. */
  readonly rows: readonly AuditEntry[];
  /** Entries that match, `AUDIT_COUNT_MAX` at the most. */
  readonly total: number;
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
}

/** Counting goes no further than this; a page then says "more than". */
export const AUDIT_COUNT_MAX = 10_000;

export interface AuditActor {
  readonly kind: ActorKind;
  readonly id: string;
  readonly label: string;
}
