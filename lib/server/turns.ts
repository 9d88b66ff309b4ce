import type pg from 'pg';

/** Sends a statement and answers its rows. */
export type Send = <Row extends object>(statement: pg.QueryConfig) => Promise<Row[]>;

interface Turn {
  readonly statement: pg.QueryConfig;
  readonly resolve: (rows: object[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Statements that wait for whichever of several readers is free, in the order in which they came. */
export class Turns {
  private readonly waiting: Turn[] = [];

  get count(): number {
    return this.waiting.length;
  }

  add<Row extends object>(statement: pg.QueryConfig): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      // A statement's rows have the shape that whoever wrote it says.
      this.waiting.push({ statement, resolve: (rows) => resolve(rows as Row[]), reject });
    });
  }

  /**
   * Sends what waits, one after the other, until nothing does. A statement that fails is its asker's alone, but where
   * `isLeft` says so of the error: then it is the next again, for another reader, and this one throws.
   */
  async take(send: Send, isLeft: (error: unknown) => boolean = () => false): Promise<void> {
    for (let turn = this.waiting.shift(); turn; turn = this.waiting.shift()) {
      try {
        turn.resolve(await send(turn.statement));
      } catch (error) {
        if (isLeft(error)) {
          this.waiting.unshift(turn);
          throw error;
        }
        turn.reject(error);
      }
    }
  }

  /** Nothing that waits will be sent any more. */
  end(error: Error): void {
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
