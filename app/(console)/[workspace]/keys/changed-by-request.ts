/** What one request changed, by which it can be undone. */
export interface ChangedByRequest {
  readonly requestId: string;
  readonly hashes: readonly string[];
}
