import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../core/errors';
import { failedCommand, failedInput } from './action-error';
import { fieldError, formError, idle } from './action-state';
import { formObject, typedFields } from './form-object';

function form(...fields: [string, string | Blob][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

describe('a form as an object', () => {
  it('has strings, lists by their brackets, and the last of a name', () => {
    const data = form(['name', 'a'], ['name', 'b'], ['scopes[]', 'x'], ['scopes[]', 'y'], ['one[]', 'z']);
    expect(formObject(data)).toEqual({ name: 'b', scopes: ['x', 'y'], one: ['z'] });
  });

  it('has neither files nor the fields of the framework, and can’t be poisoned', () => {
    const data = form(['$ACTION_ID_1', ''], ['file', new Blob(['x'])], ['__proto__', 'p'], ['a[]', '1'], ['a', '2']);
    const object = formObject(data);
    expect(Object.keys(object).sort()).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});

it('has no secrets where it is shown again', () => {
  const data = form(
    ['email', 'a@example.com'],
    ['password', 'p'],
    ['currentPassword', 'p'],
    ['code', '1'],
    ['key', 'k'],
    ['key_hash', 'h'],
  );
  expect(typedFields(data)).toEqual({ email: 'a@example.com', key_hash: 'h' });
});

describe('what a failed form says', () => {
  it('is the first sentence for each field', () => {
    const schema = z.object({ name: z.string().min(3, 'Longer.').max(2, 'Shorter.'), age: z.number('A number.') });
    const parsed = schema.safeParse({ name: 'ab', age: 'x' });
    const state = parsed.error ? failedInput(parsed.error) : idle;
    expect(state).toMatchObject({ fieldErrors: { name: 'Longer.', age: 'A number.' } });
    expect(formError(state)).toBeNull();
    expect(fieldError(state, 'name')).toBe('Longer.');
    expect(fieldError(state, 'other')).toBeNull();
  });

  it('is an AppError in its own words, beside its field without the field’s name', () => {
    expect(failedCommand(new AppError('conflict', 'Somebody was faster.'), 'r')).toEqual({
      status: 'error',
      message: 'Somebody was faster.',
      fieldErrors: {},
    });
    const taken = new AppError('invalid_input', 'slug: The slug a is taken.', { field: 'slug' });
    expect(fieldError(failedCommand(taken, 'r'), 'slug')).toBe('The slug a is taken.');
  });

  it('speaks of roles where a scope is missing', () => {
    const state = failedCommand(new AppError('missing_scope', 'This needs the scope keys:write.'), 'r');
    expect(formError(state)).toMatch(/Your role in this workspace/);
  });

  it('tells the request’s id of a bug, and nothing else', () => {
    const state = failedCommand(new Error('password=hunter2 at /srv/app'), 'request-7');
    expect(formError(state)).toMatch(/Request request-7$/);
    expect(JSON.stringify(state)).not.toContain('hunter2');
  });
});
