import { configurationTable } from './env';

/** docs/configuration.md, made from the table that the product reads its configuration by. */
export function configurationPage(): string {
  const rows = Object.entries(configurationTable).map(
    ([name, entry]) => `| \`${name}\` | ${entry.default} | ${entry.description} |`,
  );
  return `# Configuration

Keyledger is configured by environment variables alone. All have a default; an empty one counts as absent. What is wrong
is told at the start, one line for each variable, and the exit code is 1. \`npm run cli -- doctor\` checks the rest.

| variable | default | meaning |
| --- | --- | --- |
${rows.join('\n')}

This page is written by \`npm run docs:configuration\`; a test keeps it true to the code.
`;
}
