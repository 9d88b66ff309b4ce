import type { Command } from './command';

const PROGRAM = 'npm run cli --';

/** All commands, or those of a group such as `management-key`. */
export function helpOfAll(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    `Usage: ${PROGRAM} <command> [options]`,
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    `Help on one of them: ${PROGRAM} <command> --help`,
    'Every command uses the database of the running server, or opens it where none runs; DATABASE_URL and',
    'KEYLEDGER_DATA_DIR are read as by the server.',
  ].join('\n');
}

export function helpOf({ name, summary, argument, options, examples, notes }: Command): string {
  const required = options.filter(({ isRequired }) => isRequired);
  const usage = [
    PROGRAM,
    name,
    ...(argument ? [argument.name] : []),
    ...required.map((option) => heading(option)),
    ...(options.length > required.length ? ['[options]'] : []),
  ];
  const lines = options.map(
    (option) => [heading(option), `${option.description}${option.isRequired ? ' (required)' : ''}`] as const,
  );
  const rows = argument ? [[argument.name, argument.description] as const, ...lines] : lines;
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return [
    `Usage: ${usage.join(' ')}`,
    '',
    summary,
    ...(rows.length > 0 ? ['', 'Options:', ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
  ].join('\n');
}

function heading({ name, placeholder }: { readonly name: string; readonly placeholder: string | null }): string {
  return placeholder === null ? `--${name}` : `--${name} ${placeholder}`;
}
