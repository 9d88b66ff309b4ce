import { AppError } from '../core/errors';
import { isDatabaseUnavailable, isSchemaForeign } from './database-error';

export interface BatcherOptions<Item, Result> {
  /** Runs a batch in one statement and answers in its order. It either has its whole effect or none. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** How much of a batch an item takes; at least 1. */
  readonly weightOf: (item: Item) => number;
  /** A batch takes at most this weight, but always at least one item. */
  readonly batchWeightMax: number;
  /** What may wait. Past it callers are refused at once, so that memory stays flat. */
  readonly waitingWeightMax: number;
  /** Whether somebody else keeps the database busy with such batches just now. Never, when absent. */
  readonly isShared?: () => boolean;
}

/** What is waited for beside others: the callers of a batch of at least so many, for at most so long. */
const GATHERED_MIN = 4;
const GATHERING_MILLISECONDS_MAX = 4;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: items that arrive while a batch runs wait, and go together in the next one. A lone item waits for
 * nothing. An item is answered after the batch that holds it has had its effect, so waiting is all that is kept in memory.
 *
 * Alone, the next batch leaves as soon as the last is back, so that the database always has one. Where others give it work
 * too, it does not stand still meanwhile, and what a batch costs beside its items would be paid by each of them for ever
 * smaller ones: there the next batch first waits for the callers of the last to come again, for a few milliseconds.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private waitingWeight = 0;
  /** Whether a batch is underway, or gathered for. */
  private isRunning = false;
  /** How many the next batch waits for, and until when. */
  private gathering: { readonly count: number; readonly timer: NodeJS.Timeout } | null = null;

  constructor(private readonly options: BatcherOptions<Item, Result>) {}

  submit(item: Item): Promise<Result> {
    const weight = this.options.weightOf(item);
    if (this.waitingWeight + weight > this.options.waitingWeightMax) {
      return Promise.reject(
        new AppError('unavailable', 'Too many requests are waiting. Nothing was recorded; try again.', {
          retryAfterSeconds: 1,
        }),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, weight, resolve, reject });
      this.waitingWeight += weight;
      if (this.isRunning && !this.isGathered()) return;
      this.endGathering();
      this.isRunning = true;
      // What arrived in this turn of the event loop, from other connections, goes along.
      setImmediate(() => this.goOn());
    });
  }

  /** Sends what waits on its way. */
  private goOn(): void {
    if (this.waiting.length > 0) void this.runNext(this.takeBatch());
    else this.isRunning = false;
  }

  private async runNext(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const answers = await this.runBatch(batch);
    if (this.isGatheringWorth(batch.length)) {
      this.gather(this.waiting.length + batch.length);
      tell(answers);
      return;
    }
    const isMore = this.waiting.length > 0;
    this.goOn();
    // Callers who are told write their answers, which takes as long as the database does for the next batch. That has to
    // be on its way first, which a pool of connections puts off to the end of this turn.
    if (isMore) process.nextTick(() => tell(answers));
    else tell(answers);
  }

  private isGatheringWorth(callers: number): boolean {
    const isFull = this.waitingWeight >= this.options.batchWeightMax;
    return callers >= GATHERED_MIN && !isFull && this.options.isShared?.() === true;
  }

  private gather(count: number): void {
    const timer = setTimeout(() => {
      this.endGathering();
      this.goOn();
    }, GATHERING_MILLISECONDS_MAX);
    this.gathering = { count, timer };
  }

  /** Whether a batch was gathered for, and is complete. */
  private isGathered(): boolean {
    if (!this.gathering) return false;
    return this.waiting.length >= this.gathering.count || this.waitingWeight >= this.options.batchWeightMax;
  }

  private endGathering(): void {
    clearTimeout(this.gathering?.timer);
    this.gathering = null;
  }

  private takeBatch(): Waiting<Item, Result>[] {
    let count = 0;
    let weight = 0;
    for (const { weight: next } of this.waiting) {
      if (count > 0 && weight + next > this.options.batchWeightMax) break;
      weight += next;
      count += 1;
    }
    const batch = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    this.waitingWeight -= weight;
    return batch;
  }

  /** A batch that the database refused had no effect: it is halved until the item at fault stands alone. */
  private async runBatch(batch: readonly Waiting<Item, Result>[]): Promise<Answer[]> {
    try {
      const results = await this.options.run(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error('A batch must answer each of its items.');
      return batch.map(
        ({ resolve }, index) =>
          () =>
            resolve(at(results, index)),
      );
    } catch (error) {
      // A lost connection may have lost the answer of a batch that was written; repeating it is the caller's choice.
      if (batch.length === 1 || isNobodysFault(error))
        return batch.map(
          ({ reject }) =>
            () =>
              reject(error),
        );
      const middle = batch.length >> 1;
      const first = await this.runBatch(batch.slice(0, middle));
      return [...first, ...(await this.runBatch(batch.slice(middle)))];
    }
  }
}

/** Tells one caller. */
type Answer = () => void;

function tell(answers: readonly Answer[]): void {
  for (const answer of answers) answer();
}

/** Whether another batch would fail as well. */
function isNobodysFault(error: unknown): boolean {
  return (
    isDatabaseUnavailable(error) ||
    isSchemaForeign(error) ||
    (error instanceof AppError && error.code === 'unavailable')
  );
}

/** An element that is known to be there: its index comes from an array of the same length. */
function at<Result>(results: readonly Result[], index: number): Result {
  return results[index] as Result;
}
