import { keyStatus } from '@/lib/keys/status';
import type { KeyRow } from './key-row';

/** A row as it will be once its key is disabled or enabled. */
export function switchedRow(row: KeyRow, isDisabled: boolean): KeyRow {
  const { now, usedNanoUsd, heldNanoUsd, remainingNanoUsd, resetsAt } = row;
  const isExhausted = remainingNanoUsd === 0n;
  const limit = { usedNanoUsd, heldNanoUsd, remainingNanoUsd, resetsAt, isExhausted };
  return { ...row, status: keyStatus({ ...row, limit, disabledAt: isDisabled ? now : null }, now) };
}
