import { z } from 'zod';
import { INT64_MAX } from '../core/money';
import { PREFIX_PATTERN } from '../core/secret';
import { text } from '../core/text';
import { USAGE_WINDOWS, type UsageWindow } from '../core/time-window';
import { isTimeZone } from '../core/zone';
import { RESERVED_SLUGS } from './reserved-slugs';

export const DEFAULT_WORKSPACE_SLUG = 'default';
export const WORKSPACE_NAME_LENGTH_MAX = 100;
export const SLUG_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Fields of an IANA time zone that this machine's tables know. */
export const timeZone = text(1, 64).refine(isTimeZone, 'must be an IANA time zone, such as Europe/Berlin');

export const workspaceName = text(1, WORKSPACE_NAME_LENGTH_MAX);
export const workspaceSlug = text(1, 50)
  .regex(SLUG_PATTERN, 'must be lower-case words of letters and digits, joined by hyphens')
  .refine((slug) => !RESERVED_SLUGS.has(slug), 'Keyledger has a page of this address. Choose another.');

export const createWorkspaceInput = z.object({
  name: workspaceName,
  slug: workspaceSlug,
  description: text(0, 500).nullish(),
  timeZone: timeZone.optional(),
  /** Kept as it is; changes nothing here. */
  vendorSettings: z.record(z.string(), z.unknown()).optional(),
});
export type CreateWorkspaceInput = z.infer<typeof createWorkspaceInput>;

export const updateWorkspaceInput = createWorkspaceInput.partial().extend({
  keyPrefix: text(1, 16)
    .regex(PREFIX_PATTERN, 'must be up to 16 letters, digits, hyphens and underscores, a letter first')
    .nullish(),
  /** What the console proposes for a new key. NULL: no limit. */
  defaultLimitNanoUsd: z.bigint().min(0n).max(INT64_MAX).nullish(),
  defaultLimitWindow: z.enum(USAGE_WINDOWS).optional(),
});
export type UpdateWorkspaceInput = z.infer<typeof updateWorkspaceInput>;

export interface Workspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly timeZone: string;
  readonly keyPrefix: string | null;
  readonly defaultLimitNanoUsd: bigint | null;
  readonly defaultLimitWindow: UsageWindow;
  readonly includeByokInBudgets: boolean;
  readonly vendorSettings: Readonly<Record<string, unknown>>;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date | null;
}

/** How saving a form ended that was filled in while somebody else could save too. */
export type SaveOutcome =
  | { readonly kind: 'saved' }
  /** Nothing was saved. `by` and `at` are NULL where the log does not tell. */
  | { readonly kind: 'changed_meanwhile'; readonly by: string | null; readonly at: Date | null };

/** A workspace in the list of all, with its running UTC month. */
export interface WorkspaceSummary {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Keys that are not deleted. */
  readonly keys: number;
  /** Owners of the account are not among them. */
  readonly members: number;
  readonly monthRequests: bigint;
  /** Without BYOK, which is counted apart. */
  readonly monthSpendNanoUsd: bigint;
  /** What counts against the month's budget. */
  readonly budgetUsedNanoUsd: bigint;
  /** The month's. NULL: none. */
  readonly budgetNanoUsd: bigint | null;
}

/** Sums over all workspaces that a search finds, not only one page of them. */
export interface WorkspaceSums {
  readonly workspaces: number;
  readonly keys: number;
  readonly monthRequests: bigint;
  readonly monthSpendNanoUsd: bigint;
}
