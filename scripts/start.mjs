/** `npm start`: builds when the sources changed since the last build, then runs the server in this process. */
import { buildAll, isBuildFresh } from './build.mjs';

process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED ??= '1';
if (!isBuildFresh()) {
  console.log('Building; this takes about a minute and is needed once for each version.');
  try {
    await buildAll();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
await import('../dist/server.js');
