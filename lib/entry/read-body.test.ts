import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readNodeBody, readWebBody } from './read-body';

const MEBIBYTE = 1_048_576;
const IN_TIME_MILLISECONDS = 29_900;
const TOO_LATE_MILLISECONDS = 30_100;

/** A body that arrives as it is written, and what is read of it. */
interface Sending {
  readonly read: Promise<Uint8Array>;
  readonly write: (bytes: number) => void;
  readonly end: () => void;
  readonly breakOff: () => void;
}

function overNode(bytesMax = MEBIBYTE): Sending {
  const request = new PassThrough({ highWaterMark: 2 * MEBIBYTE });
  return {
    read: readNodeBody(request, bytesMax),
    write: (bytes) => void request.write(Buffer.alloc(bytes, 'x')),
    end: () => void request.end(),
    breakOff: () => void request.destroy(new Error('gone')),
  };
}

function overNext(bytesMax = MEBIBYTE): Sending {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const request = new Request('http://x/', { method: 'POST', body: readable, duplex: 'half' } as RequestInit);
  const ignore = () => {};
  return {
    read: readWebBody(request, bytesMax),
    write: (bytes) => void writer.write(Buffer.alloc(bytes, 'x')).catch(ignore),
    end: () => void writer.close().catch(ignore),
    breakOff: () => void writer.abort(new Error('gone')).catch(ignore),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ['node:http', overNode],
  ['Next', overNext],
] as const)('a body by %s', (_name, send) => {
  it('is read whole, and refused past its bound', async () => {
    const whole = send(10);
    whole.write(4);
    whole.write(6);
    whole.end();
    expect(Buffer.from(await whole.read).toString()).toBe('x'.repeat(10));
    const long = send(10);
    long.write(11);
    await expect(long.read).rejects.toMatchObject({ code: 'too_large' });
    const broken = send();
    broken.write(1);
    broken.breakOff();
    await expect(broken.read).rejects.toMatchObject({ code: 'invalid_input', message: /cut off/ });
  });

  it('that does not end is refused in half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const slow = send();
    const refused = vi.fn();
    slow.read.catch(refused);
    slow.write(1);
    vi.advanceTimersByTime(IN_TIME_MILLISECONDS);
    await turn();
    expect(refused).not.toHaveBeenCalled();
    vi.advanceTimersByTime(TOO_LATE_MILLISECONDS - IN_TIME_MILLISECONDS);
    await expect(slow.read).rejects.toMatchObject({ code: 'invalid_input', message: /too long/ });
  });

  it('is refused while those that arrive hold too much together, unless it is small; what they held comes back', async () => {
    const slow = Array.from({ length: 64 }, () => send());
    for (const body of slow) body.write(MEBIBYTE);
    await turn();
    const large = send();
    large.write(MEBIBYTE / 2);
    await expect(large.read).rejects.toMatchObject({ code: 'unavailable', detail: { retryAfterSeconds: 1 } });
    const small = send();
    small.write(1000);
    small.end();
    expect(await small.read).toHaveLength(1000);
    slow[0]?.breakOff();
    await expect(slow[0]?.read).rejects.toMatchObject({ code: 'invalid_input' });
    const next = send();
    next.write(MEBIBYTE / 2);
    next.end();
    expect(await next.read).toHaveLength(MEBIBYTE / 2);
    for (const body of slow.slice(1)) body.end();
    for (const body of slow.slice(1)) expect(await body.read).toHaveLength(MEBIBYTE);
    const last = send();
    last.write(MEBIBYTE);
    last.end();
    expect(await last.read).toHaveLength(MEBIBYTE);
  });
});
