import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { recordUsage } from '../../usage/commands/record-usage';
import type { EventContent, EventResult } from '../../usage/contract';
import { findHold } from '../queries';

/**
 * Records what was really spent and closes the hold, in one transaction. More than was held is recorded too and marked,
 * and so is what comes after the hold expired. Throws `not_found`; `conflict` for a closed hold, but for a repeat with the
 * same idempotency key and content, which is a `duplicate`; `invalid_input` for a bad field.
 */
export async function settleHold(call: Call, id: string, content: Omit<EventContent, 'hold_id'>): Promise<EventResult> {
  requireScope(call, 'usage:write');
  const hold = await findHold(call, id);
  if (!hold) throw new AppError('not_found', 'Hold not found');
  const [result] = await recordUsage(call, [{ ...content, key_hash: hold.keyHash, hold_id: hold.id }], {
    isLimitWanted: true,
  });
  if (!result) throw new Error('A batch of one event answers one result.');
  if (result.status === 'conflict')
    throw new AppError('conflict', result.error ?? 'This idempotency_key was used for another event.');
  if (result.status === 'rejected') {
    throw new AppError(
      result.rejection === 'hold_closed' ? 'conflict' : 'invalid_input',
      result.error ?? 'The event was rejected.',
    );
  }
  return result;
}
