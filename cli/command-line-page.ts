import { commands } from './commands';
import { helpOf } from './help';

/** docs/command-line.md, made of the commands' own help. */
export function commandLinePage(): string {
  const sections = commands.map((command) => `## ${command.name}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\``);
  return `# Command line

\`npm run cli -- <command>\`; \`--help\` after any of them prints what stands here. A command uses the database of the running server,
or opens it where none runs; \`DATABASE_URL\` and \`KEYLEDGER_DATA_DIR\` are read as by the server. Exit codes: 0 done, 1 not done, with one
line that says why, 2 the words of the call are wrong.

${sections.join('\n\n')}

This page is written by \`npm run docs:command-line\`; a test keeps it true to the code.
`;
}
