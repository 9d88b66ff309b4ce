'use client';

import { type FormEvent, startTransition, useActionState } from 'react';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { useSignInOffer } from './use-sign-in-offer';

/**
 * `useActionState` for a form's `onSubmit`. React empties the fields of a form whose `action` has run, also when it
 * failed; sent from here they keep what was typed.
 */
export function useSubmit<Value>(
  action: (previous: ActionState<Value>, form: FormData) => Promise<ActionState<Value>>,
) {
  const offerSignIn = useSignInOffer();
  const [state, send, isPending] = useActionState<ActionState<Value>, FormData>(async (previous, form) => {
    const next = await action(previous, form);
    offerSignIn(next);
    return next;
  }, idle);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => send(form));
  }
  return { state, submit, send: (form: FormData) => startTransition(() => send(form)), isPending };
}
