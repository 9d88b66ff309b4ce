import type { Scope } from '@/lib/core/call';

/** A management key right after it was made: the only time that its secret is known. */
export type RevealedManagementKey = {
  name: string;
  secret: string;
  /** Masked secret. */
  label: string;
  isAccountWide: boolean;
  scopes: readonly Scope[];
  expiresAt: Date | null;
};
