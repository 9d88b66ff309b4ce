import type { Socket } from 'node:net';
import {
  errorMessage,
  MessageReader,
  messageType,
  readOpening,
  renameStatement,
  statementName,
} from './postgres-protocol';
import type { SharedStatements } from './shared-statements';

/** Messages of a client that run in one turn: up to a Sync, a simple query, or a Flush, after which it goes on. */
export interface Group {
  /** A named Parse that begins it, apart from the rest. */
  readonly parse: Buffer | null;
  readonly rest: Buffer;
  readonly isComplete: boolean;
}

/** One connection: cuts what it sends into groups. */
export class PgliteClient {
  /** The session's names of the prepared statements that may exist, by the client's. */
  private readonly names = new Map<string, string>();
  /** Whether messages have run that no Sync has followed yet. */
  isMidGroup = false;
  private readonly reader = new MessageReader();
  private parse: Buffer | null = null;
  private group: Buffer[] = [];
  private isAtStart = true;
  private isOpen = false;

  constructor(
    readonly socket: Socket,
    private readonly id: number,
    private readonly greeting: Buffer,
    private readonly shared: SharedStatements<PgliteClient>,
    private readonly onGroup: (group: Group) => void,
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
    const isFirst = this.isAtStart;
    this.isAtStart = type === 'Q' || type === 'S';
    const isNamedParse = type === 'P' && statementName(message) !== '';
    if (isFirst && isNamedParse) this.parse = this.rename(message, this.shared.take(message, this));
    else this.group.push(isNamedParse ? this.rename(message, this.ownName(message)) : this.isolate(message));
    // Query and Sync complete a group. Flush wants the answers so far, and the group goes on.
    if (type !== 'Q' && type !== 'S' && type !== 'H') return;
    const group = { parse: this.parse, rest: Buffer.concat(this.group), isComplete: type !== 'H' };
    this.parse = null;
    this.group = [];
    this.onGroup(group);
  }

  /** A message that prepares a statement, under the session's name for it. */
  private rename(parse: Buffer, name: string): Buffer {
    this.names.set(statementName(parse), name);
    return renameStatement(parse, name);
  }

  /** A message about a statement, under the session's name for it. */
  private isolate(message: Buffer): Buffer {
    const name = statementName(message);
    if (name === '') return message;
    const own = this.ownName(message);
    const known = this.names.get(name) ?? own;
    if (messageType(message) !== 'C') return renameStatement(message, known);
    // What is shared stays for the others; to close what does not exist is no error.
    this.names.delete(name);
    return renameStatement(message, own);
  }

  /** The name of a statement that is this client's alone: one prepared in the middle of a group. */
  private ownName(message: Buffer): string {
    return `${this.id}_${statementName(message)}`;
  }

  ownStatements(): string[] {
    return [...this.names.values()].filter((name) => name.startsWith(`${this.id}_`));
  }
}
