import { env } from '../server/env';

/** Whether this installation keeps its books in the embedded database. */
export function isEmbeddedDatabase(): boolean {
  return env().DATABASE_URL === undefined;
}
