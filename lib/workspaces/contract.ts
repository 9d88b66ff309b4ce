import { z } from 'zod';
import { PREFIX_PATTERN } from '../core/secret';
import { text } from '../core/text';
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
});
export type UpdateWorkspaceInput = z.infer<typeof updateWorkspaceInput>;

export interface Workspace {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly timeZone: string;
  readonly keyPrefix: string | null;
  readonly includeByokInBudgets: boolean;
  readonly vendorSettings: Readonly<Record<string, unknown>>;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date | null;
}
