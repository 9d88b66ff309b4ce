import { v7 as uuidV7 } from 'uuid';
import type { DatabaseConnection } from '../lib/server/connection';
import { closeDatabase, configureDatabase, queryRows } from '../lib/server/db';
import { embeddedConnection } from '../lib/server/embedded-postgres-socket';
import type { DecidedEvent } from '../lib/usage/commands/decided-event';
import { writeStatement } from '../lib/usage/commands/write-statement';
import type { Product } from './product';

function connectionOf(product: Product): DatabaseConnection {
  return product.postgres?.connection ?? embeddedConnection(product.environment.KEYLEDGER_DATA_DIR ?? '');
}

/** Runs the recording statement in a loop, one batch after the other: what is left when HTTP and its checks are taken away. */
export async function loopStatement(
  product: Product,
  batchEvents: number,
  seconds: number,
): Promise<{ events: number; eventsPerSecond: number }> {
  configureDatabase(connectionOf(product));
  try {
    const keys = await queryRows<{ workspace_id: string; id: bigint }>('SELECT workspace_id, id FROM api_keys', []);
    const startedAt = performance.now();
    let events = 0;
    while (performance.now() - startedAt < seconds * 1000) {
      const batch = makeBatch(keys, batchEvents, events);
      const { text, values } = writeStatement(batch, []);
      await queryRows(text, values);
      events += batchEvents;
    }
    return { events, eventsPerSecond: (events * 1000) / (performance.now() - startedAt) };
  } finally {
    await closeDatabase();
  }
}

function makeBatch(
  keys: readonly { workspace_id: string; id: bigint }[],
  count: number,
  offset: number,
): DecidedEvent[] {
  const now = new Date();
  return Array.from({ length: count }, (_, index) => {
    const key = keys[(offset + index) % keys.length];
    if (!key) throw new Error('The ledger has no keys.');
    return {
      eventId: uuidV7(),
      workspaceId: key.workspace_id,
      keyId: key.id,
      occurredAt: now,
      recordedAt: now,
      environment: 'live',
      endpoint: `POST /v1/e${index % 8}`,
      model: null,
      provider: null,
      status: 200,
      latencyMs: null,
      usageUnits: null,
      usageName: null,
      promptTokens: 0n,
      completionTokens: 0n,
      cachedPromptTokens: 0n,
      cacheCreationTokens: 0n,
      costNanoUsd: 1000n,
      pricedBy: 'caller',
      isByok: false,
      idempotencyKey: null,
      holdId: null,
      contentHash: null,
      secretHash: null,
      secretUsedAt: null,
    };
  });
}
