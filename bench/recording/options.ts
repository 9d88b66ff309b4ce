import type { DatabaseKind } from '../product';

export interface Options {
  readonly databases: readonly DatabaseKind[];
  readonly connectionCounts: readonly number[];
  /** How long each round of each target lasts. */
  readonly seconds: number;
  readonly rounds: number;
  /** The targets that are measured beside the one they are compared with. Empty: all. */
  readonly only: readonly string[];
  /** Where large databases are kept for the next run. */
  readonly directory: string;
}
