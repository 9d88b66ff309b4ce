import { countTry, takeBackTry } from '../throttles/commands';
import type { HolderOutcome } from './contract';
import { lookThrottle, wrongSecretThrottle } from './holder-throttle';
import { readAsHolder } from './queries';

/**
 * Shows who brings a secret what its key used. A look counts before anything is looked at, so that tries at once, on any
 * number of processes, can't exceed the bounds; as a wrong one it is taken back where the secret is one.
 */
export async function lookAsHolder(
  secret: string,
  clientAddress: string,
  now: Date,
  requestId: string,
): Promise<HolderOutcome> {
  const wrong = wrongSecretThrottle(clientAddress);
  const wait = (await countTry(lookThrottle(clientAddress), now)) ?? (await countTry(wrong, now));
  if (wait !== null) return { kind: 'throttled', retryAfterSeconds: wait };
  const outcome = await readAsHolder(secret, now, requestId);
  if (outcome.kind !== 'unknown') await takeBackTry(wrong.subject);
  return outcome;
}
