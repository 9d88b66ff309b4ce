import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectDirectory } from '../lib/server/project-directory';
import type { Command } from './command';
import { describeFailure, EXIT_USAGE, UsageError } from './failure';
import { helpOf, helpOfAll } from './help';
import { type Io, note, out } from './io';
import { findClosest } from './parse';

/** Runs one command line and returns its exit code: 0 done, 1 failed, 2 not understood. Throws nothing. */
export async function runCommandLine(commands: readonly Command[], args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(commands, args, io);
  } catch (error) {
    const { message, exitCode } = describeFailure(error);
    note(io, exitCode === EXIT_USAGE ? `${message.replace(/([^.?!])$/, '$1.')} See --help.` : message);
    return exitCode;
  }
}

async function dispatch(commands: readonly Command[], args: readonly string[], io: Io): Promise<number> {
  const [first = '', second = ''] = args;
  if (first === '--version') return say(io, readVersion());
  const isHelpWanted = args.some((arg) => arg === '--help' || arg === '-h') || first === 'help';
  const words = first === 'help' ? args.slice(1) : args;
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
  if (command) {
    return isHelpWanted ? say(io, helpOf(command)) : command.run(words.slice(command.name.split(' ').length), io);
  }
  const group = commands.filter(({ name }) => name.startsWith(`${words[0] ?? ''} `));
  if (isHelpWanted) return say(io, helpOfAll(group.length > 0 ? group : commands));
  if (first === '') {
    note(io, helpOfAll(commands));
    return EXIT_USAGE;
  }
  if (group.length > 0 && (second === '' || second.startsWith('-'))) {
    throw new UsageError(`${first} what? ${listNames(group)}.`);
  }
  const wanted = group.length > 0 ? `${first} ${second}` : first;
  const names = commands.map(({ name }) => name);
  const closest = findClosest(`${first} ${second}`.trim(), names) ?? findClosest(first, names);
  throw new UsageError(`There is no command "${wanted}".${closest === null ? '' : ` Did you mean "${closest}"?`}`);
}

function listNames(commands: readonly Command[]): string {
  return commands.map(({ name }) => name).join(', ');
}

function say(io: Io, text: string): number {
  out(io, text);
  return 0;
}

function readVersion(): string {
  const text = readFileSync(join(projectDirectory(), 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
