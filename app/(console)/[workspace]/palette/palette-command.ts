import type { Command } from '@/components/ui/command';
import type { KeyStatus } from '@/lib/keys/status';
import type { Recent } from './recent';

/** A key whose actions the palette offers. */
export interface SteppedKey {
  readonly slug: string;
  readonly hash: string;
  readonly name: string;
  /** NULL: not known yet, as of a key that was opened before. */
  readonly status: KeyStatus | null;
}

/** Goes somewhere, or does something. */
export type PaletteCommand = Command &
  ({ readonly to: Recent } | { readonly run: () => void }) & {
    /** The key that it opens, whose other actions are a step further. */
    readonly key?: SteppedKey;
  };
