import { createHash } from 'node:crypto';

/** Each named statement costs memory in every session, so texts beyond these, such as lists of varying length, go unnamed. */
const NAMES_MAX = 500;

/**
 * Names statements by their text, for prepared statements: a session parses and plans each text once.
 * Answers '' for the first 500 texts' successors, which the driver takes for an unnamed statement.
 */
export function createStatementNamer(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= NAMES_MAX) return known ?? '';
    const name = `k_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
    names.set(text, name);
    return name;
  };
}
