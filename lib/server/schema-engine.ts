import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { clientConfig, type DatabaseConnection } from './connection';

export type SchemaEngine = engineModule.SchemaEngine;

/** Type of catalogue columns such as `pg_constraint.contype`. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/** What the database reported first. `text` is the script or statement at fault, or null when the connection broke. */
export type Failure = { error: Error; text: string | null };

/** Runs one statement, notes the first failure, and refuses all that would come after it. */
type Guard = <T>(text: string, run: () => Promise<T>) => Promise<T>;

/** A schema engine on one connection, and that connection's own `query` for statements around the engine's. */
export type EngineSession = {
  engine: SchemaEngine;
  query: (text: string) => Promise<unknown>;
  /** The engine wraps errors in a trace of its own, and after one reports those that follow from it. */
  failure: () => Failure | null;
};

/**
 * Runs `work` with Prisma's schema engine in its WebAssembly build, on a connection of its own that closes afterwards.
 * `schema` is the text of schema.prisma.
 */
export async function withSchemaEngine<T>(
  connection: DatabaseConnection,
  schema: string,
  work: (session: EngineSession) => Promise<T>,
): Promise<T> {
  // A pool because the adapter takes nothing less, of one connection because a transaction spans the engine's statements.
  const pool = new pg.Pool({ ...clientConfig(connection), max: 1, idleTimeoutMillis: 0 });
  let failure: Failure | null = null;
  // The pool would replace a lost connection, and the rest would then run outside the transaction.
  pool.on('error', (error) => {
    failure ??= { error, text: null };
  });
  const guard: Guard = async (text, run) => {
    if (failure) throw failure.error;
    try {
      return await run();
    } catch (error) {
      failure ??= { error: error instanceof Error ? error : new Error(String(error)), text };
      throw error;
    }
  };
  const query = (text: string) => guard(text, () => pool.query(text));
  try {
    const module = await loadEngine();
    const adapter = await createAdapter(pool, guard);
    const session = await module.SchemaEngine.new(
      { datamodels: [['schema.prisma', schema]] },
      ignoreEngineLog,
      bindMigrationAwareSqlAdapterFactory(adapter),
    );
    return await work({ engine: session, query, failure: () => failure });
  } finally {
    await pool.end();
  }
}

/** The engine narrates each step. What matters of it arrives as results and errors. */
function ignoreEngineLog(): void {}

let engine: Promise<typeof engineModule> | null = null;

/** Once per process: the generated glue caches views of the first instance's memory, and would read a second one through them. */
function loadEngine(): Promise<typeof engineModule> {
  engine ??= instantiateEngine();
  return engine;
}

async function instantiateEngine(): Promise<typeof engineModule> {
  // The engine reports a panic to this registry before it traps, and fails in the reporting when there is none.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        throw new Error(`The schema engine failed: ${message}`);
      },
    },
  });
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const binary = await readFile(path.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': { ...engineModule } });
  engineModule.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return engineModule;
}

/**
 * Prisma's adapter with three differences. Scripts go whole, because splitting at semicolons breaks dollar-quoted bodies.
 * The engine's session lock is left out, because the caller holds it for its transaction. Columns of type "char" are
 * announced as characters, because the adapter refuses them although the engine's own catalogue queries return them.
 */
async function createAdapter(pool: pg.Pool, guard: Guard): Promise<SqlMigrationAwareDriverAdapterFactory> {
  const charColumns = watchCharColumns(pool);
  const inner = await new PrismaPg(pool).connect();
  const adapter: SqlDriverAdapter = {
    provider: inner.provider,
    adapterName: inner.adapterName,
    async queryRaw(params) {
      const result = await guard(params.sql, () => inner.queryRaw(params));
      const columnTypes = result.columnTypes.map((type, index) =>
        charColumns.has(index) ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    },
    executeRaw: (params) =>
      params.sql.includes('pg_advisory_lock') ? Promise.resolve(1) : guard(params.sql, () => inner.executeRaw(params)),
    async executeScript(script) {
      await guard(script, () => pool.query(script));
    },
    startTransaction: () => Promise.reject(new Error('The schema engine runs inside one transaction.')),
    getConnectionInfo: () => inner.getConnectionInfo(),
    dispose: () => Promise.resolve(),
  };
  const refuseShadow = () => Promise.reject(new Error('The schema engine has no shadow database.'));
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connect: () => Promise.resolve(adapter),
    connectToShadowDb: refuseShadow,
  };
}

/** Indexes of the "char" columns of the latest result on the pool's only connection. Presents them to the adapter as text. */
function watchCharColumns(pool: pg.Pool): Set<number> {
  const charColumns = new Set<number>();
  pool.on('connect', (client) => {
    // Prepended, so that it runs before the driver's own listener reads the types.
    client.connection.prependListener('rowDescription', (message: { fields: { dataTypeID: number }[] }) => {
      charColumns.clear();
      for (const [index, field] of message.fields.entries()) {
        if (field.dataTypeID !== CHAR_OID) continue;
        charColumns.add(index);
        field.dataTypeID = TEXT_OID;
      }
    });
  });
  return charColumns;
}
