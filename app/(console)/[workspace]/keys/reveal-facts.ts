import { formatDate, formatExactTime } from '@/components/format/time';
import type { Key } from '@/lib/keys/contract';
import { limitLong } from './key-words';
import type { RevealedSecret } from './revealed-secret';

/** What whoever stores a new secret should know about its key. */
export function revealFacts(key: Key, kind: RevealedSecret['kind']): RevealedSecret['facts'] {
  const { limitNanoUsd, limitWindow, expiresAt, graceEndsAt } = key;
  const { resetsAt } = key.limit;
  const facts = [{ term: 'Limit', detail: limitLong(limitNanoUsd, limitWindow) }];
  if (resetsAt) facts.push({ term: 'Next reset', detail: `${formatDate(resetsAt)}, 00:00 UTC` });
  facts.push({ term: 'Expires', detail: expiresAt ? formatExactTime(expiresAt) : 'Never' });
  if (kind === 'rotated') {
    const end = graceEndsAt ? `Works until ${formatExactTime(graceEndsAt)}` : 'Refused from now on';
    facts.push({ term: 'Secret before it', detail: end });
  }
  return facts;
}
