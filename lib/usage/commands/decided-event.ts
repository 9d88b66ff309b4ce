/** An event that is decided: whose it is and what it costs. */
export interface DecidedEvent {
  readonly eventId: string;
  readonly workspaceId: string;
  readonly keyId: bigint;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly environment: 'live' | 'test';
  readonly endpoint: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly status: number;
  readonly latencyMs: number | null;
  readonly usageUnits: bigint | null;
  readonly usageName: string | null;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly costNanoUsd: bigint;
  readonly pricedBy: 'caller' | 'model' | 'usage_name' | 'unpriced';
  readonly isByok: boolean;
  readonly idempotencyKey: string | null;
  readonly holdId: string | null;
  /** SHA-256 of what the event says, by which a repeat is told from a conflict. NULL: it has no idempotency key. */
  readonly contentHash: Buffer | null;
  /** The secret that the event named; NULL: it named the key's hash. */
  readonly secretHash: string | null;
  /** The use of that secret that is noted; NULL: none, or the key's hash was named. */
  readonly secretUsedAt: Date | null;
}

const USE_MILLISECONDS = 60_000;

/** Whether a use of a secret is to be noted: a minute or more has passed since the one that is. */
export function isSecretUseDue(notedAt: Date | null, usedAt: Date): boolean {
  return notedAt === null || usedAt.getTime() - notedAt.getTime() >= USE_MILLISECONDS;
}
