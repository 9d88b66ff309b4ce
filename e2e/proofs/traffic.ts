import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { formatUsd } from '../../lib/core/money';
import { Random } from '../../lib/demo/random';
import * as native from '../../lib/vendors/keyledger/contract';
import { type Answer, parseAnswer } from '../fixtures/api';
import type { ExpectedBooks, ExpectedKey } from './expected-books';
import { type CallerOptions, type FinalAnswer, PersistentCaller } from './persistent-caller';
import { bodyOf, makeEvent, type SentEvent } from './sent-event';

export interface TrafficOptions extends CallerOptions {
  readonly books: ExpectedBooks;
  readonly writers: number;
  readonly batchEventsMax: number;
  readonly seed: string;
}

type Result = z.output<typeof native.recordUsageEvents.success.schema>['results'][number];

const REPEATABLE_EVENTS_MAX = 5_000;
const HOLD_SECONDS = 86_400;

/**
 * Writers who record events and reserve, settle and release amounts, each one request after the other, and send what got
 * no answer again with the same idempotency key until it has one. They judge every answer, and count on the books what
 * was acknowledged.
 */
export class Traffic {
  /** Events that were recorded by a request without an answer: the retry was told that they are duplicates. */
  recordedUnanswered = 0;
  private isStopping = false;
  private readonly random: Random;
  private readonly caller: PersistentCaller;
  private running: Promise<unknown>[] = [];
  /** Events that were acknowledged since the last check. */
  private acknowledged: SentEvent[] = [];
  private readonly repeatable: SentEvent[] = [];

  constructor(private readonly options: TrafficOptions) {
    this.random = new Random(options.seed);
    this.caller = new PersistentCaller(options, this.random, (rule, found) => this.fault(rule, found));
  }

  /** Requests that were sent and had no answer, or none but that the product is busy. */
  get unanswered(): number {
    return this.caller.unanswered;
  }

  start(): void {
    this.isStopping = false;
    this.running = Array.from({ length: this.options.writers }, () => this.write());
    // A writer that finds a fault is heard at the stop; until then its rejection must not end this process.
    for (const writer of this.running) writer.catch(() => (this.isStopping = true));
  }

  /** Resolves when every request has its answer. Throws the first fault that a writer found. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.running);
  }

  /** Sends all that was acknowledged since the last call once more: each must be known, under its id. */
  async expectAllKnown(): Promise<void> {
    const events = this.acknowledged;
    this.acknowledged = [];
    for (let start = 0; start < events.length; start += 1000) await this.record(events.slice(start, start + 1000));
  }

  private async write(): Promise<void> {
    const { batchEventsMax } = this.options;
    while (!this.isStopping) {
      const work = this.random.pick<() => Promise<void>>([
        [() => this.record(this.makeBatch(batchEventsMax)), 10],
        [() => this.recordTwice(this.makeBatch(batchEventsMax)), 2],
        [() => this.recordConflict(), 1],
        [() => this.useHold(), 4],
      ]);
      await work();
    }
  }

  /** New events of any keys in any order, some of them twice, and some that were acknowledged before. */
  private makeBatch(eventsMax: number): SentEvent[] {
    const size = 1 + Math.floor(this.random.unit() * eventsMax);
    const batch: SentEvent[] = [];
    while (batch.length < size) {
      const isRepeat = this.random.unit() < 0.1;
      const earlier = isRepeat ? [...batch, ...this.repeatable.slice(-20)] : [];
      batch.push(
        earlier.length > 0
          ? this.random.item(earlier)
          : makeEvent(this.random, this.random.item(this.options.books.keys)),
      );
    }
    return batch;
  }

  private async record(batch: readonly SentEvent[]): Promise<void> {
    const sent = await this.caller.ask('POST', '/api/v1/usage-events', { events: batch.map(bodyOf) });
    for (const [index, result] of resultsOf(sent.answer).entries()) this.acknowledge(batch[index], result, sent);
  }

  /** Two callers send one batch at the same time: each event counts once, whoever is first. */
  private async recordTwice(batch: readonly SentEvent[]): Promise<void> {
    const body = { events: batch.map(bodyOf) };
    const both = await Promise.all([1, 2].map(() => this.caller.ask('POST', '/api/v1/usage-events', body)));
    const isRepeat = both.some((sent) => sent.isRepeat);
    const answers = both.map(({ answer }) => resultsOf(answer));
    for (const [index, event] of batch.entries()) {
      // The answer that recorded goes first, whichever came first.
      const results = answers.flatMap((answer) => answer[index] ?? []).sort(recordedFirst);
      for (const result of results) this.acknowledge(event, result, { isRepeat });
    }
  }

  private async recordConflict(): Promise<void> {
    if (this.repeatable.length === 0) return;
    const body = bodyOf(this.random.item(this.repeatable));
    const changed = { ...body, prompt_tokens: Number(body.prompt_tokens) + 1 };
    const { answer } = await this.caller.ask('POST', '/api/v1/usage-events', { events: [changed] });
    const [result] = resultsOf(answer);
    if (result?.status !== 'conflict' || result.event_id !== undefined)
      throw this.fault('Other content under a used idempotency key is a conflict', result);
  }

  /**
   * Judges an event's verdict and counts the event where it is acknowledged for the first time. `isRepeat`: it may have
   * been recorded before this answer was; where it was acknowledged before, the same id tells.
   */
  private acknowledge(event: SentEvent | undefined, result: Result, { isRepeat }: { isRepeat: boolean }): void {
    if (!event) throw this.fault('There are more results than events', result);
    const isFirst = event.eventId === null;
    const allowed = isRepeat ? ['recorded', 'duplicate'] : [isFirst ? 'recorded' : 'duplicate'];
    if (!allowed.includes(result.status))
      throw this.fault(`Expected ${allowed.join(' or ')} for ${JSON.stringify(event.body)}`, result);
    if (result.event_id === undefined || result.cost_usd !== Number(formatUsd(event.costNanoUsd)))
      throw this.fault('An acknowledged event has an id and its cost', result);
    if (!isFirst) {
      if (event.eventId !== result.event_id) throw this.fault(`The event was ${event.eventId} before`, result);
      return;
    }
    event.eventId = result.event_id;
    if (result.status === 'duplicate') this.recordedUnanswered += 1;
    this.options.books.count(event);
    this.acknowledged.push(event);
    if (this.repeatable.push(event) > REPEATABLE_EVENTS_MAX) this.repeatable.splice(0, REPEATABLE_EVENTS_MAX / 2);
  }

  /** Reserves an amount and then settles it in one of two ways, releases it, or leaves it open. */
  private async useHold(): Promise<void> {
    const key = this.random.item(this.options.books.keys);
    const amountNanoUsd = BigInt(Math.floor(this.random.between(1, 4_000_000)));
    const wanted = {
      key_hash: key.hash,
      amount_usd: formatUsd(amountNanoUsd),
      ttl_seconds: HOLD_SECONDS,
      idempotency_key: randomUUID(),
    };
    const { answer, isRepeat } = await this.caller.ask('POST', '/api/v1/holds', wanted);
    if (answer.status !== 201 && !(isRepeat && answer.status === 200))
      throw this.fault('A hold within the limit is granted', answer.text);
    const { id } = parseAnswer(answer, answer.status, native.createHold.success.schema).data;
    key.heldNanoUsd += amountNanoUsd;
    const use = this.random.pick<() => Promise<void>>([
      [() => this.settle(key, id, amountNanoUsd), 4],
      [() => this.settleByEvent(key, id, amountNanoUsd), 3],
      [() => this.release(key, id, amountNanoUsd), 2],
      [async () => {}, 1],
    ]);
    await use();
  }

  private async settle(key: ExpectedKey, id: string, amountNanoUsd: bigint): Promise<void> {
    const event = makeEvent(this.random, key, id);
    // What the path says, the body leaves out. A repeat by usage-events must say it to be the same.
    const { key: _key, key_hash: _hash, hold_id: _hold, ...content } = event.body;
    const sent = await this.caller.ask('POST', `/api/v1/holds/${id}/settle`, content);
    const { data } = parseAnswer(sent.answer, 200, native.settleHold.success.schema);
    this.judgeSettled(event, data, sent, amountNanoUsd);
    key.heldNanoUsd -= amountNanoUsd;
    const again = await this.caller.ask('POST', `/api/v1/holds/${id}/settle`, {
      ...content,
      idempotency_key: randomUUID(),
    });
    if (again.answer.status !== 409) throw this.fault('A settled hold is settled once', again.answer.text);
  }

  private async settleByEvent(key: ExpectedKey, id: string, amountNanoUsd: bigint): Promise<void> {
    const event = makeEvent(this.random, key, id);
    const sent = await this.caller.ask('POST', '/api/v1/usage-events', { events: [event.body] });
    const [result] = resultsOf(sent.answer);
    if (!result) throw this.fault('One event has one result', sent.answer.text);
    this.judgeSettled(event, result, sent, amountNanoUsd);
    key.heldNanoUsd -= amountNanoUsd;
  }

  private judgeSettled(event: SentEvent, result: Result, sent: FinalAnswer, amountNanoUsd: bigint): void {
    const isOver = event.costNanoUsd > amountNanoUsd;
    // The mark belongs to the first answer, which may have been lost.
    if (result.status === 'recorded' && (result.over_hold ?? false) !== isOver)
      throw this.fault(`A cost of ${event.costNanoUsd} beside a hold of ${amountNanoUsd}`, result);
    this.acknowledge(event, result, sent);
  }

  private async release(key: ExpectedKey, id: string, amountNanoUsd: bigint): Promise<void> {
    const { answer, isRepeat } = await this.caller.ask('DELETE', `/api/v1/holds/${id}`);
    if (answer.status !== 200 && !(isRepeat && answer.status === 409))
      throw this.fault('An open hold is released', answer.text);
    key.heldNanoUsd -= amountNanoUsd;
    const event = makeEvent(this.random, key, id);
    const late = await this.caller.ask('POST', '/api/v1/usage-events', { events: [event.body] });
    const [result] = resultsOf(late.answer);
    if (result?.status !== 'rejected') throw this.fault('A released hold settles nothing', result);
  }

  private fault(rule: string, found: unknown): Error {
    return new Error(`${rule}; found: ${JSON.stringify(found)} (seed ${this.options.seed})`);
  }
}

function recordedFirst(left: Result, right: Result): number {
  return Number(right.status === 'recorded') - Number(left.status === 'recorded');
}

function resultsOf(answer: Answer): Result[] {
  return parseAnswer(answer, 200, native.recordUsageEvents.success.schema).results;
}
