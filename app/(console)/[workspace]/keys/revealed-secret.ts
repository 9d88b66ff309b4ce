/**
 * A secret on its one way to the screen, with what to know about its key. Lives in the state of the form that made it,
 * which React writes as JSON where no script runs: so it is text throughout.
 */
export interface RevealedSecret {
  readonly kind: 'created' | 'rotated';
  readonly name: string;
  readonly secret: string;
  readonly facts: readonly { readonly term: string; readonly detail: string }[];
}

/** How many characters of a secret say nothing about it: `kl_live_` at its start, the checksum at its end. */
export const CHECKSUM_LENGTH = 6;

export function prefixLengthOf(secret: string): number {
  return secret.lastIndexOf('_') + 1;
}

/** How a secret looks from now on: `kl_live_7Qm2…x4Zp`. */
export function hintOf(secret: string): string {
  return `${secret.slice(0, prefixLengthOf(secret) + 4)}…${secret.slice(-4)}`;
}

/** Secrets of this product's form in a text are replaced by their hints, so that none gets into an address. */
export function maskSecretsIn(text: string): string {
  return text.replace(/[A-Za-z][\w-]{0,15}_(?:live|test|mgmt)_[0-9A-Za-z]{33}/g, hintOf);
}
