import { env } from '../server/env';

/** The address under which the outside reaches this installation, without a trailing slash. */
export function publicBaseUrl(): string {
  return env().KEYLEDGER_URL;
}
