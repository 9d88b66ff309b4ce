import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseConnection } from '../server/connection';
import { forkEntry } from '../server/fork-entry';
import { logger } from '../server/log';
import { StartupError } from '../server/startup-error';
import { forwardTo } from './forward';

/** How long the process may take to end after it was told to; its own bound is 10 s. */
const STOP_MILLISECONDS_MAX = 12_000;
/**
 * A page makes some 30 MB of short-lived objects. Room for more than one at a time keeps those of a page that waits for the
 * database out of the old generation: an eighth off the time of the slowest of twenty answers, for 30 MB of memory.
 */
const NODE_OPTIONS = ['--max-semi-space-size=32'];
/** How long until it is started again after it ended by itself: doubled each time in a row. */
const RESTART_MILLISECONDS = { first: 500, most: 30_000 };

/** What the process is told, once. */
export interface PagesOrder {
  readonly connection: DatabaseConnection;
}

/**
 * The pages, rendered by a process of their own: what a page costs, and all that Next keeps and watches, is no burden to
 * the process that records, and a page that fails badly ends itself alone.
 */
export class Pages {
  private readonly directory = mkdtempSync(join(tmpdir(), 'keyledger-'));
  private readonly socketPath = join(this.directory, 'pages');
  private readonly forward = forwardTo(this.socketPath, answerGone);
  private child: ChildProcess | null = null;
  private connection: DatabaseConnection | null = null;
  private isReady = false;
  private isStopping = false;
  private pauseMilliseconds = RESTART_MILLISECONDS.first;

  /**
   * Begins to load the pages, which takes as long as opening the database and needs not wait for it. `entry`: the address of
   * what the process runs, as `forkEntry` takes it.
   */
  constructor(private readonly entry: URL) {
    this.launch();
  }

  /** Resolves when pages are answered. Throws StartupError when the process ends before. */
  async start(connection: DatabaseConnection): Promise<void> {
    this.connection = connection;
    const { child } = this;
    if (child === null) throw new StartupError('The process of the pages ended at its start.');
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new StartupError('The process of the pages ended at its start.')));
      child.once('message', () => resolve());
      order(child, connection);
    });
  }

  readonly answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (this.isReady) this.forward(request, response);
    else answerGone(request, response);
  };

  async stop(): Promise<void> {
    this.isStopping = true;
    const { child } = this;
    if (child) {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      // Closing the channel is its signal to stop, and what a dying parent does as well.
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLISECONDS_MAX);
      await exited;
      clearTimeout(timer);
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private launch(): void {
    rmSync(this.socketPath, { force: true });
    const child = forkEntry(this.entry, [this.socketPath], NODE_OPTIONS);
    this.child = child;
    child.once('message', () => {
      this.isReady = true;
    });
    // A channel that breaks is followed by the end of the process.
    child.on('error', () => {});
    child.once('exit', (code, signal) => {
      this.child = null;
      const wasReady = this.isReady;
      this.isReady = false;
      if (this.isStopping || this.connection === null) return;
      if (wasReady) this.pauseMilliseconds = RESTART_MILLISECONDS.first;
      logger().error({ code, signal, restartInMs: this.pauseMilliseconds }, 'the process of the pages ended');
      setTimeout(() => this.relaunch(), this.pauseMilliseconds).unref();
      this.pauseMilliseconds = Math.min(2 * this.pauseMilliseconds, RESTART_MILLISECONDS.most);
    });
  }

  private relaunch(): void {
    if (this.isStopping || this.connection === null) return;
    this.launch();
    if (this.child) order(this.child, this.connection);
  }
}

function order(child: ChildProcess, connection: DatabaseConnection): void {
  // One that ended before it could be told is met by its exit.
  child.send({ connection } satisfies PagesOrder, () => {});
}

const GONE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<meta http-equiv="refresh" content="2"><meta name="color-scheme" content="light dark"><title>Keyledger starts</title>' +
  '<body style="font: 16px/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh; padding: 1rem">' +
  '<h1 style="font-size: 1.25rem">The console is starting again</h1>' +
  '<p>Usage is recorded meanwhile. This page comes back by itself in a moment.</p>';

/** While no process renders pages: says so, and asks the browser to come again. */
function answerGone(request: IncomingMessage, response: ServerResponse): void {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '2' };
  response.writeHead(503, { ...headers, 'content-length': Buffer.byteLength(GONE), connection: 'close' });
  response.end(request.method === 'HEAD' ? undefined : GONE);
}
