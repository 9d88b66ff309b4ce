import { createHash } from 'node:crypto';
import { preparedText } from './postgres-protocol';

/**
 * The prepared statements of many clients in one session. Those that prepare the same text share one statement: each takes
 * memory and time, and what every connection of a pool prepares is the same. A statement ends when the last client that
 * prepared it has left.
 */
export class SharedStatements<Client> {
  private readonly users = new Map<string, Set<Client>>();
  private readonly prepared = new Set<string>();

  /** The session's name for what a Parse message of `client` prepares. */
  take(parse: Buffer, client: Client): string {
    // The text and the types of its parameters say all that a statement is.
    const name = `shared_${createHash('sha256').update(preparedText(parse)).digest('base64url')}`;
    const users = this.users.get(name);
    if (users) users.add(client);
    else this.users.set(name, new Set([client]));
    return name;
  }

  /** Whether the session knows the statement. A Parse that failed has left nothing behind. */
  isPrepared(name: string): boolean {
    return this.prepared.has(name);
  }

  becomesPrepared(name: string): void {
    this.prepared.add(name);
  }

  /** Forgets a client. Answers the statements that nobody uses now, which are to be closed. */
  leave(client: Client): string[] {
    const ended: string[] = [];
    for (const [name, users] of this.users) {
      if (!users.delete(client) || users.size > 0) continue;
      this.users.delete(name);
      if (this.prepared.delete(name)) ended.push(name);
    }
    return ended;
  }
}
