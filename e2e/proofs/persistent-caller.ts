import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../lib/demo/random';
import type { Answer, Api } from '../fixtures/api';

export interface CallerOptions {
  /** Processes of the product on one database; each attempt goes to any of them. */
  readonly hosts: readonly Api[];
  /**
   * Resolves when a request may be sent. NULL: the product is never down, so each request must have an answer, and no
   * answer may be a 5xx.
   */
  readonly untilUp: (() => Promise<void>) | null;
}

export interface FinalAnswer {
  readonly answer: Answer;
  /** Whether the request was sent before without an answer: it may have had its effect then. */
  readonly isRepeat: boolean;
}

/** Far more than a kill and a start take; past it the product does not come back. */
const ATTEMPTS_MAX = 200;

/** Sends what got no answer again until it has one. */
export class PersistentCaller {
  unanswered = 0;

  constructor(
    private readonly options: CallerOptions,
    private readonly random: Random,
    private readonly fault: (rule: string, found: unknown) => Error,
  ) {}

  async ask(method: string, path: string, body?: unknown): Promise<FinalAnswer> {
    const { hosts, untilUp } = this.options;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      await untilUp?.();
      const answer = await this.random.item(hosts).send(method, path, body).catch(nullWhereLost);
      if (answer && answer.status < 500) return { answer, isRepeat: attempt > 1 };
      this.unanswered += 1;
      if (untilUp === null) throw this.fault(`${method} ${path} was not answered`, answer?.text);
      if (answer && (answer.status !== 503 || answer.headers.get('retry-after') === null))
        throw this.fault(`${method} ${path} was answered by ${answer.status}`, answer.text);
      await sleep(this.random.between(10, 100));
    }
    throw this.fault(`${method} ${path} had no answer`, `${ATTEMPTS_MAX} times`);
  }
}

/** What fetch throws where a connection breaks or nothing comes is a TypeError or a TimeoutError; all else is a fault. */
function nullWhereLost(error: unknown): null {
  if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')) return null;
  throw error;
}
