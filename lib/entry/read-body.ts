import type { Readable } from 'node:stream';
import { AppError } from '../core/errors';

/** How long a body may take to arrive. */
const BODY_SECONDS_MAX = 30;
/** What all bodies that are still arriving may hold of a process's memory together. */
const ARRIVING_BYTES_MAX = 64 * 1_048_576;
/** A body of this length goes on past the bound: who sends little does not wait for who sends much, and slowly. */
const SMALL_BODY_BYTES = 16_384;

/** `server.ts` and Next's bundle load separate copies of this module, and share the memory. */
const shared = globalThis as typeof globalThis & { keyledgerArrivingBytes?: number };

/** The chunks of one body that arrives. Throws what its caller is to be told. */
class Arriving {
  private readonly chunks: Uint8Array[] = [];
  private size = 0;

  constructor(private readonly bytesMax: number) {}

  add(chunk: Uint8Array): void {
    this.count(chunk.byteLength);
    if (this.size > this.bytesMax) throw new AppError('too_large', 'The body is larger than 1 MiB. Send it in parts.');
    if (this.size > SMALL_BODY_BYTES && (shared.keyledgerArrivingBytes ?? 0) > ARRIVING_BYTES_MAX) {
      const message = 'Too much is being sent at once. Nothing was done; try again.';
      throw new AppError('unavailable', message, { retryAfterSeconds: 1 });
    }
    this.chunks.push(chunk);
  }

  /** Gives back what is counted of it, and answers what arrived. */
  end(): Uint8Array {
    const [first = new Uint8Array(), ...more] = this.chunks.splice(0);
    this.count(-this.size);
    return more.length === 0 ? first : Buffer.concat([first, ...more]);
  }

  private count(bytes: number): void {
    this.size += bytes;
    shared.keyledgerArrivingBytes = (shared.keyledgerArrivingBytes ?? 0) + bytes;
  }
}

const tookTooLong = () => new AppError('invalid_input', 'The body took too long to arrive.');
const wasCutOff = () => new AppError('invalid_input', 'The body was cut off.');

/** Reads the body of a request of `node:http`. What is left of one that is refused stays unread. */
export function readNodeBody(request: Readable, bytesMax: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const arriving = new Arriving(bytesMax);
    let isSettled = false;
    // Faults are made where they are told: each takes a picture of the stack, and every request closes.
    const settle = (makeFault: (() => unknown) | null) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      request.off('data', take);
      const body = arriving.end();
      if (makeFault === null) {
        resolve(body);
        return;
      }
      request.pause();
      reject(makeFault());
    };
    const timer = setTimeout(() => settle(tookTooLong), BODY_SECONDS_MAX * 1000);
    const take = (chunk: Buffer) => {
      try {
        arriving.add(chunk);
      } catch (error) {
        settle(() => error);
      }
    };
    request.on('data', take);
    request.on('end', () => settle(null));
    request.on('error', () => settle(wasCutOff));
    request.on('close', () => settle(wasCutOff));
  });
}

/** Reads the body of a request as Next brings it. */
export async function readWebBody(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const arriving = new Arriving(bytesMax);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    // Ends the read that waits.
    reader.cancel().catch(() => {});
  }, BODY_SECONDS_MAX * 1000);
  const readPart = () =>
    reader.read().catch(() => {
      throw wasCutOff();
    });
  try {
    for (let part = await readPart(); !part.done; part = await readPart()) arriving.add(part.value);
    if (isLate) throw tookTooLong();
    return arriving.end();
  } catch (error) {
    arriving.end();
    reader.cancel().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
