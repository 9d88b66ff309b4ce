import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { describeProgress, formatSeconds, Progress } from './progress';

function terminal(isTTY: boolean, columns = 80) {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns });
  return { stdin: new PassThrough(), stdout: new PassThrough(), stderr };
}

describe('Progress', () => {
  it('says how much is done, how fast, and how long it still takes, without the steps of an earlier run', () => {
    const figures = { label: 'Rows', done: 30_000, total: 60_000, skipped: 10_000, seconds: 5 };
    expect(describeProgress(figures)).toBe('Rows 30,000 of 60,000 · 50 % · 4,000/s · 8 s left');
    expect(describeProgress({ ...figures, done: 0, total: 0, skipped: 0 })).toBe('Rows 0 of 0 · 100 %');
  });

  it.each([
    [0, '0 s'],
    [59.2, '1 min 0 s'],
    [3599, '59 min 59 s'],
    [7260, '2 h 1 min'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });

  it.each([[80], [0]])('draws a bar in one line of a terminal %d columns wide, and takes it away', (columns) => {
    const io = terminal(true, columns);
    const progress = new Progress(io, 'Rows', 100);
    progress.update(50);
    progress.note('Line 7: bad');
    progress.clear();
    const text = String(io.stderr.read());
    expect(text).toContain('\r\u001b[2K[########--------] Rows 50 of 100 · 50 %');
    expect(text).toMatch(/left\r.\[2KLine 7: bad\n$/);
  });

  it('cuts the bar to a narrow terminal', () => {
    const io = terminal(true, 20);
    new Progress(io, 'Rows', 100).update(50);
    expect(String(io.stderr.read())).toBe('\r\u001b[2K[########--------] ');
  });

  it('is silent off a terminal while work is short', () => {
    const io = terminal(false);
    const progress = new Progress(io, 'Rows', 100);
    progress.update(50);
    progress.clear();
    expect(io.stderr.read()).toBe(null);
  });
});
