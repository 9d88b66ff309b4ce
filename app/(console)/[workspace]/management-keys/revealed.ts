import type { Scope } from '@/lib/core/call';

/**
 * A management key right after it was made: the only time that its secret is known. Lives in the state of the form that made
 * it, which React writes as JSON where no script runs: so it is text throughout.
 */
export type RevealedManagementKey = {
  name: string;
  secret: string;
  /** Masked secret. */
  label: string;
  isAccountWide: boolean;
  scopes: readonly Scope[];
  /** ISO 8601. NULL: never. */
  expiresAt: string | null;
};
