import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { type Group, PgliteClient } from './pglite-client';
import {
  closeStatementMessage,
  errorMessage,
  flushMessage,
  messageType,
  parsedMessage,
  queryMessage,
  readyMessage,
  startupMessage,
  statementName,
  syncMessage,
} from './postgres-protocol';
import { SharedStatements } from './shared-statements';

/** A client that leaves a transaction open blocks all others, because PGlite is one session. */
const IDLE_IN_TRANSACTION_MS_MAX = 60_000;

const BYTES_INSPECTED = 1_000;
/** What a simple query may not ask, and why. */
const REFUSALS: readonly { readonly query: RegExp; readonly why: string }[] = [
  {
    // It reads from the client while it runs, which PGlite, running to its end in one call, cannot do.
    query: /^\s*copy\b[^;]*\bfrom\s+stdin\b/i,
    why: 'the embedded database does not support COPY FROM STDIN; insert rows in batches',
  },
  {
    // It would take the statements of all other clients, which rely on them.
    query: /^\s*(discard|deallocate)\s+(all|prepare\s+all)\b/i,
    why: 'the embedded database is one session for all its clients; disconnect instead',
  },
];

/** A piece of work for the database. `client` is null for the server's own. */
type Work = { client: PgliteClient | null; run: () => Promise<void> };

export type PgliteServerOptions = {
  database: PGlite;
  /** Path of the unix socket. Nothing may be there. */
  socketPath: string;
  connectionsMax: number;
  /** How long a client may leave a transaction open between two statements. 60 s when absent. */
  idleInTransactionMsMax?: number;
  /** The database has failed in a way that no statement survives. Called once. */
  onFatal: (error: unknown) => void;
};

/**
 * Serves one PGlite session to many clients over a unix socket.
 *
 * Clients take turns by whole groups of messages, each up to its Sync or simple query, and a client in a transaction
 * keeps its turn until the transaction ends. The unnamed statement belongs to the session, so that turns by single
 * messages let one client bind another's statement, as `@electric-sql/pglite-socket` 0.2.17 does once a group spans
 * two reads. Named statements are kept apart, those of one text are one, and they end with the clients that use them.
 */
export class PgliteServer {
  private readonly queue: Work[] = [];
  private readonly clients = new Set<PgliteClient>();
  private readonly sockets = new Set<Socket>();
  private readonly statements = new SharedStatements<PgliteClient>();
  private server: Server | null = null;
  private greeting: Buffer = Buffer.alloc(0);
  private owner: PgliteClient | null = null;
  private ownerTimer: NodeJS.Timeout | null = null;
  private isRunning = false;
  private hasFailed = false;
  private nextClientId = 1;

  constructor(private readonly options: PgliteServerOptions) {}

  async start(): Promise<void> {
    // PGlite answers every startup alike, so clients get a copy and need no turn to connect.
    this.greeting = Buffer.from(
      await this.options.database.execProtocolRaw(startupMessage('postgres', 'postgres'), { syncToFs: false }),
    );
    const server = createServer((socket) => this.accept(socket));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.socketPath, resolve);
    });
  }

  /** Refuses new clients, lets the running group end, and disconnects everyone. Open transactions roll back. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.server) this.server.close(() => resolve());
      else resolve();
    });
    for (const socket of this.sockets) socket.destroy();
    await closed;
    // A client's transaction rolls back when its socket has closed.
    while (this.isRunning || this.clients.size > 0) await nextTurn();
  }

  /** Runs `task` on the database between the clients' turns. */
  run(task: () => Promise<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.enqueue({ client: null, run: () => task().then(() => resolve(), reject) });
    });
  }

  /** Whether no client waits or holds a transaction. */
  get isIdle(): boolean {
    return !this.isRunning && !this.owner && this.queue.length === 0;
  }

  private accept(socket: Socket): void {
    // Errors end in 'close', which cleans up.
    socket.on('error', () => socket.destroy());
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    if (this.clients.size >= this.options.connectionsMax) {
      // What the client has sent must be read, or closing would reset the connection and lose the answer.
      socket.resume();
      socket.end(errorMessage('FATAL', '53300', 'sorry, too many clients already'));
      return;
    }
    const client = new PgliteClient(socket, this.nextClientId++, this.greeting, this.statements, (group) =>
      this.enqueue({ client, run: () => this.runGroup(client, group) }),
    );
    this.clients.add(client);
    socket.on('close', () => this.release(client));
  }

  private async runGroup(client: PgliteClient, { parse, rest, isComplete }: Group): Promise<void> {
    client.isMidGroup = !isComplete;
    if (messageType(rest) === 'Q') {
      const text = rest.toString('utf8', 5, BYTES_INSPECTED);
      const refusal = REFUSALS.find(({ query }) => query.test(text));
      if (refusal) {
        const status = this.options.database.isInTransaction() ? 'T' : 'I';
        client.socket.write(Buffer.concat([errorMessage('ERROR', '0A000', refusal.why), readyMessage(status)]));
        return;
      }
    }
    client.socket.cork();
    try {
      if (parse) await this.prepare(client, parse);
      await this.send(rest, (data) => client.socket.write(data));
    } finally {
      client.socket.uncork();
    }
  }

  /** Answers a Parse: by the session, unless it knows the statement. After one that fails it skips the rest of its group. */
  private async prepare(client: PgliteClient, parse: Buffer): Promise<void> {
    const name = statementName(parse);
    if (this.statements.isPrepared(name)) {
      client.socket.write(parsedMessage);
      return;
    }
    let answer: Buffer | null = null;
    await this.send(Buffer.concat([parse, flushMessage]), (data) => {
      answer ??= data;
      client.socket.write(data);
    });
    if (answer && messageType(answer) === messageType(parsedMessage)) this.statements.becomesPrepared(name);
  }

  private async send(messages: Buffer, onData: (data: Buffer) => void = () => {}): Promise<void> {
    await this.options.database.execProtocolRawStream(messages, {
      syncToFs: false,
      // PGlite reuses the memory.
      onRawData: (data) => onData(Buffer.from(data)),
    });
  }

  /** Forgets a client: its waiting groups, its transaction and its statements. */
  private release(client: PgliteClient): void {
    this.clients.delete(client);
    for (let index = this.queue.length - 1; index >= 0; index--) {
      if (this.queue[index]?.client === client) this.queue.splice(index, 1);
    }
    this.enqueue({
      client,
      run: async () => {
        if (client.isMidGroup) await this.send(syncMessage);
        client.isMidGroup = false;
        if (this.owner === client && this.options.database.isInTransaction()) await this.send(queryMessage('ROLLBACK'));
        const closes = [...client.ownStatements(), ...this.statements.leave(client)].map(closeStatementMessage);
        if (closes.length > 0) await this.send(Buffer.concat([...closes, syncMessage]));
      },
    });
  }

  private enqueue(work: Work): void {
    this.queue.push(work);
    if (!this.isRunning) void this.runQueue();
  }

  private async runQueue(): Promise<void> {
    this.isRunning = true;
    for (let work = this.takeNext(); work && !this.hasFailed; work = this.takeNext()) {
      try {
        await work.run();
        this.setOwner(work.client);
      } catch (error) {
        // Errors of statements are answers. What throws is a trap of the WebAssembly module or a failed fsync.
        this.hasFailed = true;
        this.options.onFatal(error);
      }
      // Statements run synchronously, so sockets are read only when the queue steps back.
      await nextTurn();
    }
    this.isRunning = false;
  }

  private takeNext(): Work | undefined {
    const index = this.owner ? this.queue.findIndex((work) => work.client === this.owner) : 0;
    return index < 0 ? undefined : this.queue.splice(index, 1)[0];
  }

  /** `client` has just had its turn, and keeps it as long as it is in a transaction or before its Sync. */
  private setOwner(client: PgliteClient | null): void {
    if (this.ownerTimer) clearTimeout(this.ownerTimer);
    this.ownerTimer = null;
    this.owner = client && (client.isMidGroup || this.options.database.isInTransaction()) ? client : null;
    if (!this.owner) return;
    const owner = this.owner;
    this.ownerTimer = setTimeout(() => {
      owner.socket.end(errorMessage('FATAL', '25P03', 'terminating connection due to idle-in-transaction timeout'));
      owner.socket.destroySoon();
    }, this.options.idleInTransactionMsMax ?? IDLE_IN_TRANSACTION_MS_MAX);
  }
}
