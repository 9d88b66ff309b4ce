import { randomUUID } from 'node:crypto';
import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { Call } from '../core/call';
import { failed, failedCommand, failedInput } from './action-error';
import { type ActionState, SIGNED_OUT } from './action-state';
import { readClientAddress } from './client-address';
import { formObject, typedFields } from './form-object';
import {
  type AccountSession,
  findAccountSession,
  findSession,
  findUserSession,
  type Session,
  type SessionOutcome,
  type UserSession,
} from './session';

type ServerAction<Value> = (previous: ActionState<Value>, form: FormData) => Promise<ActionState<Value>>;
/** Who is not signed in is known by an address alone. */
interface PublicRequest {
  readonly now: Date;
  readonly requestId: string;
  readonly clientAddress: string;
}
type Run<Schema extends z.ZodType, Value, Found> = (
  call: Call,
  input: z.output<Schema>,
  session: Found,
) => Promise<Value>;

/**
 * Makes a server action of a workspace's page from a schema and a command:
 *
 *     // actions.ts, under 'use server'
 *     export const renameKeyAction = action(renameKeyInput, renameKey);
 *     // a form, under 'use client'
 *     const [state, submit, isPending] = useActionState(renameKeyAction.bind(null, workspaceSlug), idle);
 *
 * On each submission it asks who is signed in and what their role in that workspace allows, turns the form into an object
 * (see `formObject`; a list's fields are named `scopes[]`), parses it with the schema, and runs the command with the call.
 * `run` may wrap the command, to return less than it does or to look things up; what it returns must be serialisable.
 *
 * Afterwards the page's data is read anew, but for an action that only looks something up, or is one of several whose last
 * reads it (`isQuiet`). The state is `ok` with the value, or `error` with a sentence for the form and
 * one for each wrong field. An `AppError` is told in its own words; anything else is logged with the request's id, which
 * is all that the reader learns. `redirect` and `notFound` inside `run` work. A session that ended is told as an error, so
 * that nothing typed is lost.
 *
 * Next refuses submissions from another origin before any of this runs, and the session's cookie is `SameSite=Lax`.
 */
export function action<Schema extends z.ZodType, Value>(
  schema: Schema,
  run: Run<Schema, Value, Session>,
  { isQuiet = false }: { readonly isQuiet?: boolean } = {},
): (workspaceSlug: string, ...rest: Parameters<ServerAction<Value>>) => Promise<ActionState<Value>> {
  return (workspaceSlug, _previous, form) =>
    perform(() => findSession(String(workspaceSlug)), schema, run, form, isQuiet);
}

/** Like `action`, for what belongs to no workspace: owners of the account alone, and no slug is bound. */
export function accountAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  run: Run<Schema, Value, AccountSession>,
): ServerAction<Value> {
  return (_previous, form) => perform(findAccountSession, schema, run, form);
}

/** Like `action`, for the own account of whoever is signed in: no slug is bound, and the call carries no scope. */
export function userAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  run: Run<Schema, Value, UserSession>,
): ServerAction<Value> {
  return (_previous, form) => perform(findUserSession, schema, run, form);
}

/** Like `action`, for who is not signed in: what the form carries must itself be the authorisation, such as a token. */
export function publicAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  run: (input: z.output<Schema>, request: PublicRequest) => Promise<Value>,
): ServerAction<Value> {
  return async (_previous, form) => {
    const requestId = randomUUID();
    const clientAddress = readClientAddress(Object.fromEntries(await headers()));
    return answer(requestId, schema, form, (input) => run(input, { now: new Date(), requestId, clientAddress }));
  };
}

async function perform<Schema extends z.ZodType, Value, Found extends { readonly call: Call }>(
  find: () => Promise<SessionOutcome<Found>>,
  schema: Schema,
  run: Run<Schema, Value, Found>,
  form: unknown,
  isQuiet = false,
): Promise<ActionState<Value>> {
  return withTyped(form, await performFound(find, schema, run, form, isQuiet));
}

async function performFound<Schema extends z.ZodType, Value, Found extends { readonly call: Call }>(
  find: () => Promise<SessionOutcome<Found>>,
  schema: Schema,
  run: Run<Schema, Value, Found>,
  form: unknown,
  isQuiet: boolean,
): Promise<ActionState<Value>> {
  const found = await find().catch((error: unknown) => {
    unstable_rethrow(error);
    return failedCommand(error, randomUUID());
  });
  if ('status' in found) return found;
  switch (found.kind) {
    case 'signed_out':
      return failed(SIGNED_OUT);
    case 'unreachable':
      return failed('You have no access to this any more. Ask an owner.');
    case 'found':
      return answer(found.session.call.requestId, schema, form, async (input) => {
        const value = await run(found.session.call, input, found.session);
        if (!isQuiet) refresh();
        return value;
      });
  }
}

async function answer<Schema extends z.ZodType, Value>(
  requestId: string,
  schema: Schema,
  form: unknown,
  run: (input: z.output<Schema>) => Promise<Value>,
): Promise<ActionState<Value>> {
  try {
    const parsed = schema.safeParse(form instanceof FormData ? formObject(form) : {});
    return parsed.success ? { status: 'ok', value: await run(parsed.data) } : failedInput(parsed.error);
  } catch (error) {
    unstable_rethrow(error);
    return failedCommand(error, requestId);
  }
}

/** Adds what was typed to a refusal that is read without scripts. A script's own request has the form still. */
async function withTyped<Value>(form: unknown, state: ActionState<Value>): Promise<ActionState<Value>> {
  if (state.status !== 'error' || !(form instanceof FormData)) return state;
  if ((await headers()).has('next-action')) return state;
  return { ...state, sent: typedFields(form) };
}
