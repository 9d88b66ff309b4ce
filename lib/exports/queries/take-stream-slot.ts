import { AppError } from '../../core/errors';
import { StreamSlots } from '../stream-slots';

/** Each stream holds a connection for as long as its caller reads; one workspace leaves some to the others. */
const STREAMS_MAX = 4;
const STREAMS_PER_WORKSPACE_MAX = 2;
/** Correctness does not hang on the count. */
const shared = globalThis as typeof globalThis & { keyledgerStreamSlots?: StreamSlots };

/** Takes a slot at once, or refuses. Whoever takes it gives it back by `release`, whatever happens. */
export function takeStreamSlot(workspaceId: string): () => void {
  shared.keyledgerStreamSlots ??= new StreamSlots(STREAMS_MAX, STREAMS_PER_WORKSPACE_MAX);
  const release = shared.keyledgerStreamSlots.take(workspaceId);
  if (release) return release;
  const hint = 'Too many exports are being sent at once. Try again, or create an export and download its file.';
  throw new AppError('rate_limited', hint, { retryAfterSeconds: 5 });
}
