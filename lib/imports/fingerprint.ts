import { createHash } from 'node:crypto';
import { IMPORT_FIELDS, type ImportMapping } from './contract';

/**
 * Names an import by all that decides its events: the file's content and the mapping. The same file under another
 * mapping is another import, whose rows count again.
 */
export function fingerprintOf(fileHash: string, mapping: ImportMapping): string {
  const content = [fileHash, mapping.key, mapping.time, IMPORT_FIELDS.map((field) => mapping.fields[field] ?? null)];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** The idempotency key of a row: the same whenever the same import comes to it. `number` counts data rows from 1. */
export function rowIdempotencyKey(fingerprint: string, number: number): string {
  return `import:${fingerprint.slice(0, 32)}:${number}`;
}
