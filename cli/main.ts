import { commands } from './commands';
import { runCommandLine } from './run';

// Set rather than exit: what was written to a pipe must have left first.
process.exitCode = await runCommandLine(commands, process.argv.slice(2), process);
