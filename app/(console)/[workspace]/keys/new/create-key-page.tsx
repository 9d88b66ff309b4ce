'use client';

import { useState } from 'react';
import type { ActionState } from '@/lib/entry/action-state';
import { useForm } from '../../../../use-form';
import { CreateKeyForm } from '../create-key-form';
import { useKeysPlace } from '../keys-place';
import { RevealPanel } from '../reveal-secret';
import type { RevealedSecret } from '../revealed-secret';

type CreateKeyPageProps = {
  /** Bound to its workspace by the server, so that a form that is posted without scripts finds its state again. */
  action: (previous: ActionState<RevealedSecret>, form: FormData) => Promise<ActionState<RevealedSecret>>;
};

/** The form on its own page: done or given up, it goes to the list. */
export function CreateKeyPage({ action }: CreateKeyPageProps) {
  const listHref = `/${useKeysPlace().slug}/keys`;
  const [count, setCount] = useState(0);
  return <OneKey key={count} action={action} listHref={listHref} onAnother={() => setCount(count + 1)} />;
}

type OneKeyProps = CreateKeyPageProps & { listHref: string; onAnother: () => void };

/** Mounted anew for each key, because its state holds the secret. */
function OneKey({ action, listHref, onAnother }: OneKeyProps) {
  const { state, isPending, run, post } = useForm(action);
  if (state.status === 'ok') return <RevealPanel revealed={state.value} doneHref={listHref} onAnother={onAnother} />;
  return (
    <CreateKeyForm layout="page" state={state} pending={isPending} onSubmit={run} action={post} cancelHref={listHref} />
  );
}
