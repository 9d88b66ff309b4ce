import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../lib/core/errors';
import { defineCommand, flag, option } from './command';
import { commands } from './commands';
import { CommandError } from './failure';
import { runCommandLine } from './run';

const greet = defineCommand({
  name: 'person greet',
  summary: 'Greet somebody.',
  argument: { name: 'WHO', description: 'Whom' },
  options: z.object({
    word: option(z.string().max(8, 'must be short'), 'WORD', 'What to say'),
    loud: flag(z.boolean().optional(), 'Say it loud'),
  }),
  examples: ['person greet Ana --word hello'],
  run: async ({ options, argument, io }) => {
    io.stdout.write(`${options.word} ${argument}${options.loud ? '!' : ''}`);
    return 0;
  },
});

function failing(error: unknown) {
  const { examples, options, run } = { examples: [], options: z.object({}), run: () => Promise.reject(error) };
  return defineCommand({ name: 'fail', summary: '', options, examples, run });
}

async function run(args: string[], known = [greet]) {
  const io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const code = await runCommandLine(known, args, io);
  return { code, out: String(io.stdout.read() ?? ''), err: String(io.stderr.read() ?? '') };
}

describe('a command line', () => {
  it.each([
    [['person', 'greet', 'Ana', '--word', 'hello'], 'hello Ana'],
    [['person', 'greet', '--loud', '--word=hello', 'Ana'], 'hello Ana!'],
    [['person', 'greet', 'Ana', '--word', '007'], '007 Ana'],
    [['person', 'greet', 'Ana', '--word', '-1'], '-1 Ana'],
    [['person', 'greet', '--word', 'hi', '--', '--Ana'], 'hi --Ana'],
  ])('%j runs', async (args, text) => expect(await run(args)).toEqual({ code: 0, out: text, err: '' }));

  it.each([
    [['person', 'greet', 'Ana'], '--word is missing. See --help.'],
    [['person', 'greet', '--word', 'hello'], 'WHO is missing. See --help.'],
    [['person', 'greet', 'Ana', 'Bo', '--word', 'hello'], '"Bo" is not expected here. See --help.'],
    [['person', 'greet', 'Ana', '--wrod', 'hello'], 'Unknown option --wrod. Did you mean --word? See --help.'],
    [['person', 'greet', 'Ana', '-x'], 'Unknown option -x. See --help.'],
    [['person', 'greet', 'Ana', '--__proto__', 'x'], 'Unknown option --__proto__. See --help.'],
    [['person', 'greet', 'Ana', '--word'], '--word needs a value: --word WORD. See --help.'],
    [['person', 'greet', 'Ana', '--word', '--loud'], '--word needs a value: --word WORD. See --help.'],
    [['person', 'greet', 'Ana', '--word', 'a', '--word', 'b'], '--word is given twice. See --help.'],
    [['person', 'greet', 'Ana', '--word', 'a', '--loud=yes'], '--loud takes no value. See --help.'],
    [['person', 'greet', 'Ana', '--word', 'good evening'], '--word: must be short. See --help.'],
    [['person'], 'person what? person greet. See --help.'],
    [['person', 'great'], 'There is no command "person great". Did you mean "person greet"? See --help.'],
    [['persn', 'greet'], 'There is no command "persn". Did you mean "person greet"? See --help.'],
    [['--nothing'], 'There is no command "--nothing". See --help.'],
  ])('%j is refused in one line with exit code 2', async (args, message) => {
    expect(await run(args)).toEqual({ code: 2, out: '', err: `${message}\n` });
  });

  it.each([
    [new CommandError('No file.'), 'No file.\n'],
    [new AppError('not_found', 'Workspace not found'), 'Workspace not found\n'],
    [
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      'The database does not answer any more. Check that it runs, then run the same command again.\n',
    ],
    [new Error('first\nsecond'), 'Unexpected failure: first second\n'],
  ])('that fails says so in one line with exit code 1', async (error, err) => {
    expect(await run(['fail'], [failing(error)])).toEqual({ code: 1, out: '', err });
  });
});

describe('help', () => {
  it.each([[['--help']], [['help']], [['person', '--help']]])('%j lists commands on standard output', async (args) => {
    const { code, out, err } = await run(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('person greet  Greet somebody.');
  });

  it('without a command goes to standard error, with exit code 2', async () => {
    const { code, out, err } = await run([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage:');
  });

  it.each(commands.map(({ name }) => [name]))('of %s names every option and has an example', async (name) => {
    const { code, out } = await run([...name.split(' '), '--help'], [...commands]);
    const command = commands.find((candidate) => candidate.name === name);
    expect(code).toBe(0);
    expect(command?.examples.length).toBeGreaterThan(0);
    for (const { name: optionName, description } of command?.options ?? []) {
      expect(out).toContain(`--${optionName}`);
      expect(description).not.toBe('');
    }
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(160);
  });
});
