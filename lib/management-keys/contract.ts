import { z } from 'zod';
import { SCOPES, type Scope } from '../core/call';
import { text } from '../core/text';

export const createManagementKeyInput = z.object({
  name: text(1, 200),
  /** NULL: the whole account. */
  workspaceId: z.string().nullable(),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length).optional(),
  expiresAt: z.date().nullable().default(null),
});
export type CreateManagementKeyInput = z.input<typeof createManagementKeyInput>;

/** A management key as its admins see it: no secret, no hash of one. */
export interface ManagementKey {
  readonly id: string;
  readonly name: string;
  /** Masked secret. */
  readonly label: string;
  readonly workspaceId: string | null;
  readonly scopes: readonly Scope[];
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}
