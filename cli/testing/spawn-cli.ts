import { type ChildProcess, spawn } from 'node:child_process';
import { inject } from 'vitest';
import type { DatabaseConnection } from '../../lib/server/connection';

export interface Outcome {
  readonly code: number | NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A command line in a process of its own, as npm runs it. */
export interface Running {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables that lead a command to a database: beside its running server where it is embedded. */
export function reach(connection: DatabaseConnection): Variables {
  return connection.kind === 'server'
    ? { DATABASE_URL: connection.url }
    : { KEYLEDGER_DATA_DIR: connection.host, DATABASE_URL: undefined };
}

/** `input` is piped into it; without, its standard input is empty. */
export function spawnCli(args: readonly string[], variables: NodeJS.ProcessEnv, input = ''): Running {
  const child = spawn(process.execPath, [inject('commandLine'), ...args], {
    env: variables,
    stdio: 'pipe',
  });
  const parts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    parts.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    parts.err += text;
  });
  // A command that ends before it has read its input is no fault of the test.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const outcome = new Promise<Outcome>((resolve) => {
    child.once('close', (code, signal) => resolve({ code: signal ?? code, ...parts }));
  });
  return { child, outcome };
}
