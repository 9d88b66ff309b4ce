import { findPendingMigrations, poolFigures } from '../server/health';
import { logger } from '../server/log';
import { MigrationError } from '../server/migration-history';
import { countEvents } from '../usage/queries';

const NO_STORE = { 'cache-control': 'no-store' };

/** The process lives: says nothing of the database, so that an orchestrator does not restart for its sake. */
export function answerLiveness(): Response {
  return Response.json({ status: 'ok' }, { headers: NO_STORE });
}

/** Whether this process may be sent requests: the database answers and has every migration. */
export async function answerReadiness(): Promise<Response> {
  try {
    const pending = await findPendingMigrations();
    if (pending.length === 0) return Response.json({ status: 'ok' }, { headers: NO_STORE });
    return Response.json({ status: 'migrations pending', pending }, { status: 503, headers: NO_STORE });
  } catch (error) {
    logger().warn({ err: error }, 'not ready');
    if (error instanceof MigrationError) {
      return Response.json(
        { status: 'another version of the database', detail: error.message },
        { status: 503, headers: NO_STORE },
      );
    }
    return Response.json(
      { status: 'database unavailable' },
      { status: 503, headers: { ...NO_STORE, 'retry-after': '1' } },
    );
  }
}

/** Figures in Prometheus' text format, of this process and of the ledger as a whole. Names no key, workspace or amount. */
export async function answerMetrics(): Promise<Response> {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  const pool = poolFigures();
  let eventsTotal = Number.NaN;
  try {
    eventsTotal = Number(await countEvents());
  } catch (error) {
    logger().warn({ err: error }, 'metrics without the database');
  }
  const lines = [
    metric('keyledger_up', 'gauge', 'Whether the database answered this scrape.', Number.isNaN(eventsTotal) ? 0 : 1),
    metric('keyledger_usage_events_total', 'counter', 'Usage events on the books, of all processes.', eventsTotal),
    metric('keyledger_database_connections', 'gauge', 'Open connections of the pool.', pool.total),
    metric('keyledger_database_connections_idle', 'gauge', 'Open connections that no query uses.', pool.idle),
    metric('keyledger_database_queries_waiting', 'gauge', 'Queries that wait for a connection.', pool.waiting),
    metric('process_resident_memory_bytes', 'gauge', 'Resident memory of this process.', memory.rss),
    metric('nodejs_heap_size_used_bytes', 'gauge', 'Used heap of this process.', memory.heapUsed),
    metric('process_cpu_seconds_total', 'counter', 'CPU time of this process.', (cpu.user + cpu.system) / 1e6),
    metric('process_uptime_seconds', 'gauge', 'Age of this process.', process.uptime()),
  ];
  return new Response(lines.join(''), {
    headers: { ...NO_STORE, 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
  });
}

function metric(name: string, type: 'gauge' | 'counter', help: string, value: number): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`;
}
