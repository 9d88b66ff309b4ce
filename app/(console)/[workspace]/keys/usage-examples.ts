import { hintOf } from './revealed-secret';

/** Calls to paste into a shell. They name this installation's own address. */
export const API_KEY_VARIABLE = 'KEYLEDGER_API_KEY';
export const MANAGEMENT_KEY_VARIABLE = 'KEYLEDGER_MANAGEMENT_KEY';

/** Asks what a key may spend. Without a secret the shell's variable stands for it. */
export function checkKeyCurl(baseUrl: string, secret = `$${API_KEY_VARIABLE}`): string {
  return `curl ${baseUrl}/api/v1/key \\
  -H "Authorization: Bearer ${secret}"`;
}

/**
 * Records one request of a key. Recording takes a management key, which a shell that lacks it names. Sent twice it
 * counts once: an idempotency key is one of the whole workspace, so it differs from key to key.
 */
export function recordUsageCurl(baseUrl: string, secret?: string): string {
  const bearer = secret === undefined ? `$${MANAGEMENT_KEY_VARIABLE}` : `\${${MANAGEMENT_KEY_VARIABLE}:?}`;
  const idempotencyKey = secret === undefined ? 'first-request' : `first-request-${hintOf(secret).slice(-4)}`;
  return `curl ${baseUrl}/api/v1/usage-events \\
  -H "Authorization: Bearer ${bearer}" \\
  -H 'Content-Type: application/json' \\
  -d @- <<EVENTS
{"events": [{
  "key": "${secret ?? `$${API_KEY_VARIABLE}`}",
  "idempotency_key": "${idempotencyKey}",
  "endpoint": "POST /v1/chat/completions",
  "cost_usd": "0.0021"
}]}
EVENTS`;
}
