/**
 * A process for tests to kill: node --import tsx embedded-holder.ts <data directory>
 * Starts the embedded database, prints the number of the database's process, and waits.
 */
import { startEmbeddedPostgres } from '../embedded-postgres';

const postgres = await startEmbeddedPostgres({ dataDirectory: process.argv[2] ?? '', connectionsMax: 10 });
console.log(postgres.pid);
await postgres.exited;
