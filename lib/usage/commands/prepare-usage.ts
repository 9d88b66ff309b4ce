import { hashSecret } from '../../core/secret';
import { describeIssues } from '../../core/text';
import { recordingBasis } from '../../credentials/queries';
import { type EventResult, usageEvent } from '../contract';
import { findTimeFault, type ParsedEvent, parseEvent } from '../event';
import { findRecordingKeys, type RecordingKeys, recallRecordingKeys } from '../queries';
import { type RejectedEvent, reject } from './event-result';

export interface RecordOptions {
  /** Imports bring usage of any age; services don't. */
  readonly isAnyAgeAllowed?: boolean;
  /** Whether results say what is left of the key's limit after the whole batch. */
  readonly isLimitWanted?: boolean;
}

/** One event of a batch on its way: it leaves as soon as its result is known. */
export interface Entry {
  readonly index: number;
  readonly event: ParsedEvent;
  readonly isTimeGiven: boolean;
  /** The secret's hash, or the key's identity. */
  readonly secretHash: string | null;
  readonly keyHash: string | null;
}

/** A batch that is parsed, and whose keys are remembered or being looked up. */
export interface PreparedUsage {
  readonly count: number;
  readonly entries: readonly Entry[];
  /** By the event's place in the batch. */
  readonly faults: ReadonlyMap<number, EventResult>;
  /** NULL: not all of the keys are remembered. */
  readonly recalled: { readonly basis: string; readonly keys: RecordingKeys } | null;
  /** As committed. Read once it is asked for, or at once where they are not remembered. */
  readonly readKeys: () => Promise<RecordingKeys>;
}

/**
 * Parses a batch and begins to look up its keys, which needs not wait until it is known who calls: nothing of it is told
 * or written before `recordPrepared` has asked what the caller may. `rawEvents` are unparsed and at most
 * `BATCH_EVENTS_MAX`, which the door has checked.
 */
export function prepareUsage(rawEvents: readonly unknown[], now: Date, options: RecordOptions = {}): PreparedUsage {
  const faults = new Map<number, EventResult>();
  const entries: Entry[] = [];
  for (const [index, raw] of rawEvents.entries()) {
    const entry = parseEntry(raw, index, now, options);
    if ('rejection' in entry) faults.set(index, entry);
    else entries.push(entry);
  }
  const secretHashes = entries.flatMap((entry) => entry.secretHash ?? []);
  const keyHashes = entries.flatMap((entry) => entry.keyHash ?? []);
  const basis = recordingBasis.token;
  const known = basis === null ? null : recallRecordingKeys(secretHashes, keyHashes);
  const recalled = basis !== null && known !== null ? { basis, keys: known } : null;
  let reading = recalled ? null : findRecordingKeys(secretHashes, keyHashes);
  // Whoever asks for the keys learns of a failure; nobody asks where the caller was refused.
  reading?.catch(() => {});
  const readKeys = () => (reading ??= findRecordingKeys(secretHashes, keyHashes));
  return { count: rawEvents.length, entries, faults, recalled, readKeys };
}

function parseEntry(raw: unknown, index: number, now: Date, options: RecordOptions): Entry | RejectedEvent {
  const parsed = usageEvent.safeParse(raw);
  if (!parsed.success) return reject('bad_field', describeIssues(parsed.error));
  const event = parseEvent(parsed.data, now);
  const timeFault = options.isAnyAgeAllowed ? null : findTimeFault(event.occurredAt, now);
  if (timeFault) return reject('bad_field', timeFault);
  const { key, key_hash } = parsed.data;
  return {
    index,
    event,
    isTimeGiven: parsed.data.occurred_at != null,
    secretHash: key == null ? null : hashSecret(key),
    keyHash: key_hash == null ? null : key_hash.toLowerCase(),
  };
}
