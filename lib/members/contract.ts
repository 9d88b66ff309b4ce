import type { Role } from '../workspaces/policy';

export interface Member {
  readonly workspaceId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

/** A workspace in the list that a user chooses from. */
export interface ReachedWorkspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Keys that are not deleted. */
  readonly keyCount: number;
  /** In the running UTC month, without BYOK. */
  readonly monthSpendNanoUsd: bigint;
  /** What counts against the month's budget. */
  readonly budgetUsedNanoUsd: bigint;
  /** The month's. NULL: none. */
  readonly budgetNanoUsd: bigint | null;
  /** The last check of its books. NULL: never. */
  readonly books: { readonly isBalanced: boolean; readonly checkedAt: Date } | null;
}
