'use client';

import { unstable_rethrow } from 'next/navigation';
import { useEffect, useState, useTransition } from 'react';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { useSignInOffer } from './use-sign-in-offer';

type Action<Value> = (previous: ActionState<Value>, form: FormData) => Promise<ActionState<Value>>;

const unreached: ActionState<never> = {
  status: 'error',
  message: 'Keyledger could not be reached, so it is unknown whether this was saved. Look at the list, then try again.',
  fieldErrors: {},
};

/**
 * Runs a server action from a button or a form's `onSubmit` and keeps how it ended. Fields keep what was typed, a second
 * run waits for the first to end, and a server that is away is told as an error of the form.
 */
export function useCommand<Value>(action: Action<Value>) {
  const [state, setState] = useState<ActionState<Value>>(idle);
  const [isPending, startTransition] = useTransition();
  const offerSignIn = useSignInOffer();
  useEffect(() => {
    // The first wrong field takes the focus, so that its sentence is read out and it can be mended at once.
    if (state.status === 'error') document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
  }, [state]);
  function run(form: FormData, onDone?: (value: Value) => void) {
    if (isPending) return;
    startTransition(async () => {
      const next = await action(idle, form).catch((error: unknown) => {
        unstable_rethrow(error);
        return unreached;
      });
      startTransition(() => {
        setState(next);
        offerSignIn(next);
        if (next.status === 'ok') onDone?.(next.value);
      });
    });
  }
  return { state, isPending, run };
}

/** A form's data without a form. */
export function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
