import type { Io } from './io';

const REDRAW_MILLISECONDS = 100;
const LINE_MILLISECONDS = 5_000;
const BAR_CELLS = 16;
const COLUMNS_USUAL = 80;

/** How far long work is: a bar that redraws itself at a terminal, else a line every five seconds. */
export class Progress {
  private readonly startedAt = performance.now();
  private drawnAt = Number.NEGATIVE_INFINITY;
  private isBarShown = false;

  /** `skipped` of the `total` steps were done before and count neither for the rate nor for the time left. */
  constructor(
    private readonly io: Io,
    private readonly label: string,
    private readonly total: number,
    private readonly skipped: number = 0,
  ) {
    // Short work off a terminal stays silent.
    if (io.stderr.isTTY !== true) this.drawnAt = this.startedAt;
  }

  update(done: number): void {
    const now = performance.now();
    const pause = this.io.stderr.isTTY === true ? REDRAW_MILLISECONDS : LINE_MILLISECONDS;
    if (now - this.drawnAt < pause) return;
    this.drawnAt = now;
    const line = describeProgress({
      label: this.label,
      done,
      total: this.total,
      skipped: this.skipped,
      seconds: (now - this.startedAt) / 1000,
    });
    if (this.io.stderr.isTTY !== true) {
      this.io.stderr.write(`${line}\n`);
      return;
    }
    const text = `${drawBar(done, this.total)} ${line}`;
    // Some terminals do not tell their width, or say 0.
    const columns = this.io.stderr.columns || COLUMNS_USUAL;
    this.io.stderr.write(`\r\u001b[2K${text.slice(0, columns - 1)}`);
    this.isBarShown = true;
  }

  /** Writes a line above the bar. */
  note(line: string): void {
    this.clear();
    this.io.stderr.write(`${line}\n`);
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.isBarShown) this.io.stderr.write('\r\u001b[2K');
    this.isBarShown = false;
    if (this.io.stderr.isTTY === true) this.drawnAt = Number.NEGATIVE_INFINITY;
  }
}

interface Figures {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** `Rows 12,000 of 48,000 · 25 % · 3,210/s · 11 s left`; the last two once there is something to judge by. */
export function describeProgress({ label, done, total, skipped, seconds }: Figures): string {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const rate = seconds > 0 ? (done - skipped) / seconds : 0;
  const tail = rate > 0 ? ` · ${formatCount(Math.round(rate))}/s · ${formatSeconds((total - done) / rate)} left` : '';
  return `${label} ${formatCount(done)} of ${formatCount(total)} · ${percent} %${tail}`;
}

function drawBar(done: number, total: number): string {
  const full = total === 0 ? BAR_CELLS : Math.min(BAR_CELLS, Math.floor((done / total) * BAR_CELLS));
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CELLS - full)}]`;
}

export function formatCount(count: number | bigint): string {
  return count.toLocaleString('en-US');
}

export function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
