/**
 * PostgreSQL's text form of arrays, for statements that take whole columns as parameters: several times cheaper than the
 * driver's own, which looks into every element. `plain` is for values whose text needs no quotes: numbers, UUIDs, enums,
 * dates and instants in ISO 8601, booleans.
 */
export function plainArray(values: readonly (string | number | bigint | boolean | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ',';
    text += values[index] ?? 'NULL';
  }
  return `${text}}`;
}

const SPECIAL = /["\\]/g;

/** Of any texts. */
export function textArray(values: readonly (string | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ',';
    const value = values[index];
    text +=
      value == null
        ? 'NULL'
        : `"${value.includes('"') || value.includes('\\') ? value.replace(SPECIAL, '\\$&') : value}"`;
  }
  return `${text}}`;
}

/** Of bytes. */
export function byteArray(values: readonly (Buffer | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"\\\\x${value.toString('hex')}"`)).join(',')}}`;
}
