/**
 * The part of PostgreSQL's frontend/backend protocol 3.0 that a server needs to tell clients apart.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

/** Larger than any batch or export chunk. A length beyond it is garbage or abuse. */
const MESSAGE_BYTES_MAX = 128 * 1024 * 1024;

const PROTOCOL_VERSION_3 = 196608;
const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;

/** What opens a connection. `encryption`: asks for TLS or GSS, which a unix socket does without. */
export type Opening = 'startup' | 'encryption' | 'cancel' | 'unknown';

/** Cuts a byte stream into whole messages. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private bufferedBytes = 0;
  private neededBytes = 0;
  private isOpen = false;

  /** From here on messages carry a type byte. */
  open(): void {
    this.isOpen = true;
  }

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bufferedBytes += chunk.length;
  }

  /** The next whole message, or null when more bytes must come first. Throws RangeError on an impossible length. */
  next(): Buffer | null {
    const headerBytes = this.isOpen ? 5 : 8;
    // A large message comes in many chunks, which are joined once and not at each.
    if (this.bufferedBytes < Math.max(headerBytes, this.neededBytes)) return null;
    const buffer = this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks);
    const messageBytes = this.isOpen ? 1 + buffer.readUInt32BE(1) : buffer.readUInt32BE(0);
    if (messageBytes < headerBytes || messageBytes > MESSAGE_BYTES_MAX) throw new RangeError('invalid message length');
    this.chunks = [buffer];
    this.neededBytes = messageBytes;
    if (buffer.length < messageBytes) return null;
    this.chunks = [buffer.subarray(messageBytes)];
    this.bufferedBytes = buffer.length - messageBytes;
    this.neededBytes = 0;
    return buffer.subarray(0, messageBytes);
  }
}

export function readOpening(message: Buffer): Opening {
  switch (message.readUInt32BE(4)) {
    case SSL_REQUEST:
    case GSS_REQUEST:
      return 'encryption';
    case CANCEL_REQUEST:
      return 'cancel';
    default:
      return message.readUInt16BE(4) === PROTOCOL_VERSION_3 >> 16 ? 'startup' : 'unknown';
  }
}

/** The type of a message that follows the opening, such as `Q`. */
export function messageType(message: Buffer): string {
  return String.fromCharCode(message[0] ?? 0);
}

/** The name of the prepared statement that a Parse, Bind, Describe or Close message is about. '' for the unnamed one. */
export function statementName(message: Buffer): string {
  const offset = statementOffset(message);
  return offset === null ? '' : message.toString('utf8', offset, message.indexOf(0, offset));
}

/** The message with `name` for its statement's name. One about no statement, or the unnamed one, stays as it is. */
export function renameStatement(message: Buffer, name: string): Buffer {
  const offset = statementOffset(message);
  if (offset === null || message[offset] === 0) return message;
  const end = message.indexOf(0, offset);
  const renamed = Buffer.concat([message.subarray(0, offset), Buffer.from(name), message.subarray(end)]);
  renamed.writeUInt32BE(renamed.length - 1, 1);
  return renamed;
}

/** What a Parse message prepares, whatever its name: the text and the types of its parameters. */
export function preparedText(parse: Buffer): Buffer {
  return parse.subarray(parse.indexOf(0, 5) + 1);
}

function statementOffset(message: Buffer): number | null {
  switch (messageType(message)) {
    case 'P':
      return 5;
    case 'B':
      // The portal's name comes first.
      return message.indexOf(0, 5) + 1;
    case 'D':
    case 'C':
      return message.toString('latin1', 5, 6) === 'S' ? 6 : null;
    default:
      return null;
  }
}

export const syncMessage = encode('S', '');
export const flushMessage = encode('H', '');
/** The answer to a Parse message. */
export const parsedMessage = encode('1', '');

export function queryMessage(text: string): Buffer {
  return encode('Q', `${text}\0`);
}

export function closeStatementMessage(name: string): Buffer {
  return encode('C', `S${name}\0`);
}

/** What a client sends first. */
export function startupMessage(user: string, database: string): Buffer {
  const body = Buffer.from(`user\0${user}\0database\0${database}\0\0`);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.writeUInt32BE(PROTOCOL_VERSION_3, 4);
  return Buffer.concat([head, body]);
}

/** An error of the server's. `code` is an SQLSTATE. */
export function errorMessage(severity: 'ERROR' | 'FATAL', code: string, message: string): Buffer {
  return encode('E', `S${severity}\0V${severity}\0C${code}\0M${message}\0\0`);
}

/** `status`: I outside a transaction, T within one. */
export function readyMessage(status: 'I' | 'T'): Buffer {
  return encode('Z', status);
}

function encode(type: string, body: string): Buffer {
  const bytes = Buffer.from(` \0\0\0\0${body}`);
  bytes.write(type, 0, 'latin1');
  bytes.writeUInt32BE(bytes.length - 1, 1);
  return bytes;
}
