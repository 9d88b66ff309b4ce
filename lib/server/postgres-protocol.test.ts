import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  closeStatementMessage,
  MessageReader,
  preparedText,
  queryMessage,
  readOpening,
  renameStatement,
  startupMessage,
  statementName,
  syncMessage,
} from './postgres-protocol';

function readAll(chunks: Buffer[]): Buffer[] {
  const reader = new MessageReader();
  reader.open();
  return chunks.flatMap((chunk) => {
    reader.add(chunk);
    const messages: Buffer[] = [];
    for (let message = reader.next(); message; message = reader.next()) messages.push(message);
    return messages;
  });
}

it('reads the same messages however the bytes are cut', () => {
  const anyMessage = fc.oneof(
    fc.string().map(queryMessage),
    fc.string().map(closeStatementMessage),
    fc.constant(syncMessage),
  );
  fc.assert(
    fc.property(fc.array(anyMessage), fc.array(fc.nat({ max: 12 })), (messages, cuts) => {
      const bytes = Buffer.concat(messages);
      const chunks: Buffer[] = [];
      let from = 0;
      for (const cut of cuts) {
        chunks.push(bytes.subarray(from, from + cut));
        from += cut;
      }
      expect(readAll([...chunks, bytes.subarray(from)])).toEqual(messages);
    }),
  );
});

it('refuses lengths that cannot be', () => {
  expect(() => readAll([Buffer.from([0x51, 0, 0, 0, 3])])).toThrow(RangeError);
  expect(() => readAll([Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff])])).toThrow(RangeError);
});

it('renames named statements and leaves unnamed ones and portals alone', () => {
  const parse = Buffer.from('P\0\0\0\x14name\0SELECT 1\0\0\0', 'latin1');
  const bind = Buffer.from('B\0\0\0\x14portal\0name\0\0\0\0\0', 'latin1');
  const unnamed = Buffer.from('P\0\0\0\x08\0A\0\0\0', 'latin1');
  const describePortal = Buffer.from('D\0\0\0\x0aPname\0', 'latin1');
  expect(renameStatement(parse, 'other')).toEqual(Buffer.from('P\0\0\0\x15other\0SELECT 1\0\0\0', 'latin1'));
  expect(statementName(renameStatement(bind, 'other'))).toBe('other');
  expect(statementName(renameStatement(closeStatementMessage('näme'), 'ö'))).toBe('ö');
  expect(renameStatement(unnamed, 'other')).toBe(unnamed);
  expect(renameStatement(describePortal, 'other')).toBe(describePortal);
});

it('tells what a message prepares from what it is called', () => {
  const parse = Buffer.from('P\0\0\0\x14name\0SELECT 1\0\0\0', 'latin1');
  expect(preparedText(parse).toString('latin1')).toBe('SELECT 1\0\0\0');
  expect(preparedText(renameStatement(parse, 'other'))).toEqual(preparedText(parse));
});

it('keeps a message well-formed when it renames', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (from, to) => {
      const [before, after] = [from, to].map((name) => name.replaceAll('\0', '') || 'x');
      const renamed = renameStatement(closeStatementMessage(before ?? ''), after ?? '');
      expect(readAll([renamed])).toEqual([renamed]);
      expect(statementName(renamed)).toBe(after);
    }),
  );
});

it('tells how a connection opens', () => {
  const request = (code: number) => {
    const message = Buffer.alloc(8);
    message.writeUInt32BE(8, 0);
    message.writeUInt32BE(code, 4);
    return readOpening(message);
  };
  expect(readOpening(startupMessage('user', 'database'))).toBe('startup');
  expect([80877103, 80877104, 80877102, 131072].map(request)).toEqual([
    'encryption',
    'encryption',
    'cancel',
    'unknown',
  ]);
});
