/** Bounds of a key, for commands and for forms. Apart from the contract, whose parser a browser need not load. */
export const KEY_NAME_LENGTH_MAX = 200;
export const OWNER_LENGTH_MAX = 100;
export const TAGS_MAX = 20;
export const TAG_LENGTH_MAX = 50;
/** Thirty days. */
export const GRACE_SECONDS_MAX = 2_592_000;
/** How many keys one request changes at most: so many locks and log entries are written in well under a second. */
export const KEYS_CHANGED_MAX = 1_000;
