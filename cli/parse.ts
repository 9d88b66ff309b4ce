import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { UsageError } from './failure';

/** What help says of an option. Without a placeholder it is a flag, which takes no value. */
export interface OptionHelp {
  readonly name: string;
  readonly placeholder: string | null;
  readonly description: string;
  readonly isRequired: boolean;
}

export interface ParsedLine<Options> {
  readonly options: Options;
  /** '' where the command takes none. */
  readonly argument: string;
}

/**
 * Reads what follows a command's name. Every value is text until its schema says otherwise, so that a name such as 007 and
 * a hash of digits alone stay what they are. Throws UsageError, one line, for what the command does not know or lacks.
 */
export function parseLine<Options extends z.ZodObject>(
  schema: Options,
  known: readonly OptionHelp[],
  argumentName: string | null,
  args: readonly string[],
): ParsedLine<z.output<Options>> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      known.map(({ name, placeholder }) => [
        name,
        { type: placeholder === null ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string | boolean>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    if (given.has(token.name)) throw new UsageError(`${token.rawName} is given twice.`);
    given.set(token.name, readValue(token, known));
  }
  return { options: checkOptions(schema, given), argument: checkArgument(argumentName, positionals) };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function readValue({ name, rawName, value, inlineValue }: OptionToken, known: readonly OptionHelp[]): string | boolean {
  const option = known.find((candidate) => candidate.name === name && rawName.startsWith('--'));
  if (!option) throw new UsageError(`Unknown option ${rawName}.${suggest(name, known)}`);
  if (option.placeholder === null) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return true;
  }
  // Without this the next option would be taken as the value of one that lacks its own.
  const isNextOption = inlineValue !== true && known.some((candidate) => value === `--${candidate.name}`);
  if (value === undefined || value === '' || isNextOption)
    throw new UsageError(`${rawName} needs a value: ${rawName} ${option.placeholder}.`);
  return value;
}

function checkOptions<Options extends z.ZodObject>(
  schema: Options,
  given: ReadonlyMap<string, string | boolean>,
): z.output<Options> {
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path[0];
  if (name === undefined) throw new UsageError(issue?.message ?? 'The options do not fit together.');
  throw new UsageError(
    given.has(String(name)) ? `--${String(name)}: ${issue?.message}` : `--${String(name)} is missing.`,
  );
}

function checkArgument(name: string | null, positionals: readonly string[]): string {
  const [first, second] = positionals;
  if (name === null && first !== undefined) throw new UsageError(`"${first}" is not expected here.`);
  if (name !== null && first === undefined) throw new UsageError(`${name} is missing.`);
  if (second !== undefined) throw new UsageError(`"${second}" is not expected here.`);
  return first ?? '';
}

/** The closest known name, where it is at most two letters away. */
function suggest(name: string, known: readonly OptionHelp[]): string {
  const closest = findClosest(
    name,
    known.map((option) => option.name),
  );
  return closest === null ? '' : ` Did you mean --${closest}?`;
}

export function findClosest(word: string, candidates: readonly string[]): string | null {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((left, right) => left.distance - right.distance);
  const [best] = ranked;
  return best && best.distance <= 2 ? best.candidate : null;
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
