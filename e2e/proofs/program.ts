import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../fixtures/build.setup';
import type { DatabaseKind } from '../fixtures/product';

/** Whether a module is what was started, as against imported by a test. */
export function isProgram(url: string): boolean {
  return process.argv[1] === fileURLToPath(url);
}

/** The command line's options, `--name value` each, over what they are by default. An unknown one is an error. */
export function readOptions<Defaults extends Readonly<Record<string, string>>>(defaults: Defaults): Defaults {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: 'string' as const, default: value }]),
  );
  return { ...defaults, ...parseArgs({ options }).values };
}

/** A whole number above 0. */
export function numberOf(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`${text} is no whole number above 0.`);
  return number;
}

export function databasesOf(text: string): readonly DatabaseKind[] {
  if (text === 'both') return ['embedded', 'server'];
  if (text === 'embedded' || text === 'server') return [text];
  throw new Error('--database is embedded, server or both.');
}

/** Builds what has changed, runs a proof, and says how it ended; a fault ends the program with 1. */
export async function runProof(prove: (report: (line: string) => void) => Promise<void>): Promise<void> {
  build();
  const startedAt = performance.now();
  try {
    await prove((line) => console.log(line));
    console.log(`Proved in ${((performance.now() - startedAt) / 1000).toFixed(0)} s.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
