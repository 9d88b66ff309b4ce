/** Remembers in the browser which workspace was looked at last. Holds a slug, which is no secret. */
export const LAST_WORKSPACE_COOKIE = 'keyledger.workspace';
