/** A host that gives every request to Next: what the product's routes cost without the fast lane. */
import { createServer } from 'node:http';
import next from 'next';

const port = Number(process.env.PORT);
const app = next({ dev: false, hostname: '127.0.0.1', port, quiet: true });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response)).listen(port, '127.0.0.1');
process.on('SIGTERM', () => {
  server.closeAllConnections();
  process.exit(0);
});
