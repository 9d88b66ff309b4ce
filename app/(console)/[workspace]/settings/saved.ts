/** How saving ended, for the form: the version that it may save over next, or who was faster. */
export type Saved =
  | { readonly kind: 'saved'; readonly version: string }
  | { readonly kind: 'changed_meanwhile'; readonly message: string };
