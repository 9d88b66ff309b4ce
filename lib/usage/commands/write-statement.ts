import { sumDeltas } from '../deltas';
import { type DecidedEvent, isSecretUseDue } from './decided-event';
import { COLUMNS, eventColumns, Lists, type WriteInput } from './write-columns';
import { type PartName, statementText } from './write-parts';

/** What the statement answers where it wrote. */
export interface WrittenRow {
  /** Whether no other such statement was underway when this one began, in this process or another. */
  is_alone: boolean;
}

/**
 * The statement that writes some events. `claiming`: those whose idempotency keys it has to claim, in a fixed order.
 * `basis`: the token of what the events were decided by; NULL: that was read for them. The statement answers one row, or
 * none where the token is another by now, or the schema a later one: then it had no effect.
 */
export function writeStatement(
  events: readonly DecidedEvent[],
  claiming: readonly DecidedEvent[],
  basis: string | null = null,
): { text: string; values: (string | null)[] } {
  const hasTokens = events.some(countsTokens);
  const input: WriteInput = { claiming, deltas: sumDeltas(events), uses: findUses(events), hasTokens };
  const names: PartName[] = [
    'locks',
    ...(claiming.length > 0 ? (['claims'] as const) : []),
    'workspaceCounters',
    'rollups',
    ...(input.deltas.latencies.length > 0 ? (['latencies'] as const) : []),
    'keyHours',
    'keyMonths',
    ...(input.uses.size > 0 ? (['secrets'] as const) : []),
  ];
  const lists = new Lists();
  const columns = [...names.flatMap((name) => COLUMNS[name](input, lists)), ...eventColumns(events, hasTokens, lists)];
  return { text: statementText(names, hasTokens), values: [basis, ...lists.toArrays(), ...columns] };
}

/** Whether an event counts tokens of any kind. */
function countsTokens(event: DecidedEvent): boolean {
  const { promptTokens, completionTokens, cachedPromptTokens, cacheCreationTokens } = event;
  return promptTokens !== 0n || completionTokens !== 0n || cachedPromptTokens !== 0n || cacheCreationTokens !== 0n;
}

/** When each secret that the events name was last used, where that is to be noted. */
function findUses(events: readonly DecidedEvent[]): Map<string, Date> {
  const latest = new Map<string, Date>();
  for (const { secretHash, secretUsedAt, occurredAt } of events) {
    if (secretHash === null || !isSecretUseDue(secretUsedAt, occurredAt)) continue;
    const known = latest.get(secretHash);
    if (!known || known < occurredAt) latest.set(secretHash, occurredAt);
  }
  return latest;
}
