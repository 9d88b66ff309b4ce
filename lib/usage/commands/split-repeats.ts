import type { DecidedEvent } from './decided-event';

/** An event whose idempotency key or hold others carry, too. */
export interface Repeat {
  readonly event: DecidedEvent;
  /** Those that come first: one by the key, one by the hold, or both. */
  readonly behind: readonly DecidedEvent[];
}

/** Splits off the events whose idempotency key or hold an earlier one carries already. */
export function splitRepeats(events: readonly DecidedEvent[]): { firsts: DecidedEvent[]; repeats: Repeat[] } {
  const firstOf = new Map<string, DecidedEvent>();
  const firsts: DecidedEvent[] = [];
  const repeats: Repeat[] = [];
  for (const event of events) {
    const marks = [
      ...(event.idempotencyKey === null ? [] : [`key ${event.workspaceId} ${event.idempotencyKey}`]),
      ...(event.holdId === null ? [] : [`hold ${event.workspaceId} ${event.holdId}`]),
    ];
    const behind = marks.flatMap((mark) => firstOf.get(mark) ?? []);
    if (behind.length > 0) {
      repeats.push({ event, behind });
      continue;
    }
    firsts.push(event);
    for (const mark of marks) firstOf.set(mark, event);
  }
  return { firsts, repeats };
}
