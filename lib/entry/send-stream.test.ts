import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { READER_SECONDS_MAX, sendStream, toWebStream } from './send-stream';

const ALMOST_MILLISECONDS = READER_SECONDS_MAX * 1000 - 100;

/** Chunks without an end, and what became of their making. */
function makeChunks() {
  const state = { made: 0, isEnded: false };
  async function* make(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (; ; state.made += 1) yield Buffer.from('chunk');
    } finally {
      state.isEnded = true;
    }
  }
  return { state, chunks: make() };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a reader', () => {
  it('that takes nothing for a minute is let go, and what was made for it ends', async () => {
    const { state, chunks } = makeChunks();
    const taken: (() => void)[] = [];
    const response = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void taken.push(done) });
    const sent = sendStream(response, chunks);
    await turn();
    for (let round = 0; round < 3; round += 1) {
      // Slow, but it reads.
      vi.advanceTimersByTime(ALMOST_MILLISECONDS);
      taken.shift()?.();
      await turn();
    }
    expect(state).toEqual({ made: 3, isEnded: false });
    vi.advanceTimersByTime(READER_SECONDS_MAX * 1000);
    await sent;
    expect(response.destroyed).toBe(true);
    expect(state.isEnded).toBe(true);
  });

  it('inside Next is let go alike', async () => {
    const { state, chunks } = makeChunks();
    const reader = toWebStream(chunks).getReader();
    for (let round = 0; round < 3; round += 1) {
      expect((await reader.read()).done).toBe(false);
      await turn();
      vi.advanceTimersByTime(ALMOST_MILLISECONDS);
    }
    expect(state.isEnded).toBe(false);
    vi.advanceTimersByTime(READER_SECONDS_MAX * 1000);
    await turn();
    expect(state.isEnded).toBe(true);
    await expect(reader.read().then(() => reader.read())).rejects.toThrow('Nothing was read');
  });
});
