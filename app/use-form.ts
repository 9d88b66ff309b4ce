'use client';

import { useActionState } from 'react';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { useCommand } from './use-command';

/**
 * A form that is sent by script and, where no script runs, posts by itself: then the page comes back with the state. Bind
 * the action on the server: bound in the browser's code it is a new function at each rendering, and React never finds out
 * whether a form that was posted is the one that it renders.
 */
export function useForm<Value>(action: (previous: ActionState<Value>, form: FormData) => Promise<ActionState<Value>>) {
  const { state: sent, isPending, run } = useCommand(action);
  const [posted, post] = useActionState<ActionState<Value>, FormData>(action, idle);
  return { state: sent.status === 'idle' ? posted : sent, isPending, run, post };
}
