import { StringDecoder } from 'node:string_decoder';
import { CommandError, EXIT_STOPPED } from './failure';
import { type Io, note } from './io';

const PIPED_BYTES_MAX = 4096;
const ENTER = /^[\r\n]$/;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const ERASERS = new Set(['\u0008', '\u007f']);

/** A new password: typed twice without echo at a terminal, else the first line of standard input. Never an argument. */
export async function readNewPassword(io: Io): Promise<string> {
  if (io.stdin.isTTY !== true) return readPiped(io);
  const first = await readHidden(io, 'New password: ');
  const second = await readHidden(io, 'The same again: ');
  if (first !== second) throw new CommandError('The two passwords differ. Run the command again.');
  return first;
}

async function readPiped(io: Io): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of io.stdin) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
    if (length > PIPED_BYTES_MAX) throw new CommandError('Standard input is too long for a password.');
  }
  const line = Buffer.concat(parts).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
  if (line === '')
    throw new CommandError(
      'Standard input holds no password. Pipe one line into the command, or run it at a terminal.',
    );
  return line;
}

/** Reads one line with the terminal in raw mode, so that nothing of it is shown. */
function readHidden(io: Io, prompt: string): Promise<string> {
  const { stdin, stderr } = io;
  // Raw before the prompt: nothing that is typed at once may be echoed.
  stdin.setRawMode?.(true);
  stderr.write(prompt);
  stdin.resume();
  return new Promise((resolve, reject) => {
    const decoder = new StringDecoder('utf8');
    let typed: string[] = [];
    const finish = (settle: () => void) => {
      stdin.off('data', read);
      stdin.off('end', stop);
      stdin.setRawMode?.(false);
      stdin.pause();
      note(io, '');
      settle();
    };
    const stop = () => finish(() => reject(new CommandError('Stopped; nothing was changed.', EXIT_STOPPED)));
    const read = (part: Buffer | string) => {
      for (const character of decoder.write(Buffer.from(part))) {
        if (ENTER.test(character)) return finish(() => resolve(typed.join('')));
        if (character === CTRL_C || (character === CTRL_D && typed.length === 0)) return stop();
        if (character === CTRL_U) typed = [];
        else if (ERASERS.has(character)) typed.pop();
        else if (character >= ' ') typed.push(character);
      }
    };
    stdin.on('data', read);
    stdin.on('end', stop);
  });
}
