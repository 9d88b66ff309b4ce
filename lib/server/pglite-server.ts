import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import {
  closeStatementMessage,
  errorMessage,
  MessageReader,
  messageType,
  prefixStatement,
  queryMessage,
  readOpening,
  readyMessage,
  startupMessage,
  statementName,
  syncMessage,
} from './postgres-protocol';

/** A client that leaves a transaction open blocks all others, because PGlite is one session. */
const IDLE_IN_TRANSACTION_MS_MAX = 60_000;

/** COPY reads from the client while the statement runs, which PGlite, running to its end in one call, cannot do. */
const COPY_BYTES_INSPECTED = 1_000;
const COPY_FROM_CLIENT = /^\s*copy\b[^;]*\bfrom\s+stdin\b/i;

/** A piece of work for the database. `client` is null for the server's own. */
type Work = { client: Client | null; run: () => Promise<void> };

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
 * two reads. Named statements are kept apart by a prefix, and closed when their client leaves.
 */
export class PgliteServer {
  private readonly queue: Work[] = [];
  private readonly clients = new Set<Client>();
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private greeting: Buffer = Buffer.alloc(0);
  private owner: Client | null = null;
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
    const client = new Client(socket, this.nextClientId++, this.greeting, (group, isComplete) =>
      this.enqueue({ client, run: () => this.runGroup(client, group, isComplete) }),
    );
    this.clients.add(client);
    socket.on('close', () => this.release(client));
  }

  private async runGroup(client: Client, group: Buffer, isComplete: boolean): Promise<void> {
    client.isMidGroup = !isComplete;
    if (messageType(group) === 'Q' && COPY_FROM_CLIENT.test(group.toString('utf8', 5, COPY_BYTES_INSPECTED))) {
      const status = this.options.database.isInTransaction() ? 'T' : 'I';
      const refusal = 'the embedded database does not support COPY FROM STDIN; insert rows in batches';
      client.socket.write(Buffer.concat([errorMessage('ERROR', '0A000', refusal), readyMessage(status)]));
      return;
    }
    client.socket.cork();
    try {
      await this.send(group, (data) => client.socket.write(data));
    } finally {
      client.socket.uncork();
    }
  }

  private async send(messages: Buffer, onData: (data: Buffer) => void = () => {}): Promise<void> {
    await this.options.database.execProtocolRawStream(messages, {
      syncToFs: false,
      // PGlite reuses the memory.
      onRawData: (data) => onData(Buffer.from(data)),
    });
  }

  /** Forgets a client: its waiting groups, its transaction and its statements. */
  private release(client: Client): void {
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
        const closes = [...client.statements].map(closeStatementMessage);
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
  private setOwner(client: Client | null): void {
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

/** One connection: cuts what it sends into groups. */
class Client {
  /** Names, with prefix, of the prepared statements that may exist. */
  readonly statements = new Set<string>();
  /** Whether messages have run that no Sync has followed yet. */
  isMidGroup = false;
  private readonly reader = new MessageReader();
  private group: Buffer[] = [];
  private isOpen = false;

  constructor(
    readonly socket: Socket,
    private readonly id: number,
    private readonly greeting: Buffer,
    private readonly onGroup: (group: Buffer, isComplete: boolean) => void,
  ) {
    socket.on('data', (chunk: Buffer) => this.read(chunk));
  }

  private read(chunk: Buffer): void {
    this.reader.add(chunk);
    try {
      for (let message = this.reader.next(); message; message = this.reader.next()) {
        if (this.isOpen) this.receive(message);
        else this.open(message);
      }
    } catch {
      this.socket.end(errorMessage('FATAL', '08P01', 'invalid message length'));
      this.socket.destroySoon();
    }
  }

  private open(message: Buffer): void {
    switch (readOpening(message)) {
      case 'startup':
        this.isOpen = true;
        this.reader.open();
        this.socket.write(this.greeting);
        return;
      case 'encryption':
        this.socket.write('N');
        return;
      case 'cancel':
        // A statement cannot be interrupted: while it runs, nothing here does.
        this.socket.end();
        return;
      case 'unknown':
        this.socket.end(errorMessage('FATAL', '0A000', 'unsupported frontend protocol'));
    }
  }

  private receive(message: Buffer): void {
    const type = messageType(message);
    if (type === 'X') {
      this.socket.end();
      return;
    }
    this.group.push(this.isolate(message));
    // Query and Sync complete a group. Flush wants the answers so far, and the group goes on.
    if (type !== 'Q' && type !== 'S' && type !== 'H') return;
    const group = Buffer.concat(this.group);
    this.group = [];
    this.onGroup(group, type !== 'H');
  }

  private isolate(message: Buffer): Buffer {
    const isolated = prefixStatement(message, `${this.id}_`);
    const name = statementName(isolated);
    if (name !== '' && messageType(isolated) === 'P') this.statements.add(name);
    if (name !== '' && messageType(isolated) === 'C') this.statements.delete(name);
    return isolated;
  }
}
