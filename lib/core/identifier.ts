import { randomFillSync } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';

const RANDOM_BYTES = 16;
/** Randomness is drawn in bulk: a call for each identifier costs more than the rest of making one. */
const pool = new Uint8Array(256 * RANDOM_BYTES);
let taken = pool.length;

function takeRandom(): Uint8Array {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += RANDOM_BYTES;
  return pool.subarray(taken - RANDOM_BYTES, taken);
}

/** A new UUID of version 7: random, and in the order of time, so that rows made together lie together. */
export function newId(): string {
  return uuidV7({ random: takeRandom() });
}
