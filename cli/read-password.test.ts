import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readNewPassword } from './read-password';

function terminal(keys: string[]) {
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    modes: [] as boolean[],
    setRawMode: (isRaw: boolean) => stdin.modes.push(isRaw),
  });
  const io = { stdin, stdout: new PassThrough(), stderr: new PassThrough() };
  // One key at a time, as a terminal in raw mode sends them.
  const type = async () => {
    for (const key of keys) {
      await new Promise((resolve) => setImmediate(resolve));
      stdin.write(key);
    }
  };
  return { io, type, stdin };
}

describe('readNewPassword', () => {
  it('takes the first line of a pipe', async () => {
    const stdin = new PassThrough();
    stdin.end('correct horse battery\r\nmore\n');
    expect(await readNewPassword({ stdin, stdout: new PassThrough(), stderr: new PassThrough() })).toBe(
      'correct horse battery',
    );
  });

  it('refuses an empty pipe', async () => {
    const stdin = new PassThrough();
    stdin.end('');
    await expect(readNewPassword({ stdin, stdout: new PassThrough(), stderr: new PassThrough() })).rejects.toThrow(
      'holds no password',
    );
  });

  it('asks twice at a terminal and shows nothing of what is typed', async () => {
    const { io, type, stdin } = terminal(['gehe', 'ü', 'x', '\u007f', 'im', '\r', 'geheüim', '\n']);
    const [password] = await Promise.all([readNewPassword(io), type()]);
    expect(password).toBe('geheüim');
    expect(String(io.stderr.read())).toBe('New password: \nThe same again: \n');
    expect(io.stdout.read()).toBe(null);
    expect(stdin.modes).toEqual([true, false, true, false]);
  });

  it('refuses two that differ', async () => {
    const { io, type } = terminal(['one\r', 'two\r']);
    const [outcome] = await Promise.allSettled([readNewPassword(io), type()]);
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { message: 'The two passwords differ. Run the command again.' },
    });
  });

  it('stops at ctrl-C, with the terminal as it was', async () => {
    const { io, type, stdin } = terminal(['se\u0003']);
    const [outcome] = await Promise.allSettled([readNewPassword(io), type()]);
    expect(outcome).toMatchObject({ status: 'rejected', reason: { exitCode: 130 } });
    expect(stdin.modes).toEqual([true, false]);
  });
});
