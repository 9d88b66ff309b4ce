import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SharedRuns } from './shared-runs';

/** Runs that end when told, and what began of them. */
function startRuns(runsMax: number) {
  const runs = new SharedRuns<string>(runsMax);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (name: string, label: string) =>
    runs.ask(name, () => {
      begun.push(label);
      return new Promise((resolve) => ends.push(() => resolve(label)));
    });
  const endNext = async () => {
    ends.shift()?.();
    await turn();
  };
  return { ask, begun, endNext };
}

it('begins one run for all who ask while another goes on, by who asked last', async () => {
  const { ask, begun, endNext } = startRuns(2);
  const first = ask('a', 'first');
  const others = [ask('a', 'second'), ask('a', 'third'), ask('a', 'fourth')];
  expect(begun).toEqual(['first']);
  await endNext();
  expect(await first).toBe('first');
  expect(begun).toEqual(['first', 'fourth']);
  await endNext();
  expect(await Promise.all(others)).toEqual(['fourth', 'fourth', 'fourth']);
  const later = ask('a', 'later');
  await endNext();
  expect(await later).toBe('later');
});

it('lets so many names run at a time, in the order in which they were asked for', async () => {
  const { ask, begun, endNext } = startRuns(2);
  const all = ['a', 'b', 'c', 'd'].map((name) => ask(name, name));
  expect(begun).toEqual(['a', 'b']);
  await endNext();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const _ of all) await endNext();
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

it('tells a failure to who shared the run, and goes on', async () => {
  const runs = new SharedRuns<string>(1);
  await expect(runs.ask('a', () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
  expect(await runs.ask('a', () => Promise.resolve('again'))).toBe('again');
});
