'use client';

import { useRouter } from 'next/navigation';
import { useActionState, useState } from 'react';
import { type ActionState, idle } from '@/lib/entry/action-state';
import { useCommand } from '../../../../use-command';
import { CreateKeyForm } from '../create-key-form';
import { useKeysPlace } from '../keys-place';
import { RevealPanel } from '../reveal-secret';
import type { RevealedSecret } from '../revealed-secret';

type CreateKeyPageProps = {
  /**
   * Bound to its workspace by the server: bound in the browser's code it is a new function at each rendering, and React
   * waits for ever to find out whether a form that was posted without scripts is the one that it renders.
   */
  action: (previous: ActionState<RevealedSecret>, form: FormData) => Promise<ActionState<RevealedSecret>>;
};

/** The form on its own page: done or given up, it goes to the list. */
export function CreateKeyPage({ action }: CreateKeyPageProps) {
  const { slug } = useKeysPlace();
  const router = useRouter();
  const [count, setCount] = useState(0);
  return (
    <OneKey
      key={count}
      action={action}
      onClose={() => router.push(`/${slug}/keys`)}
      onAnother={() => setCount(count + 1)}
    />
  );
}

type OneKeyProps = CreateKeyPageProps & { onClose: () => void; onAnother: () => void };

/** Mounted anew for each key, because its state holds the secret. */
function OneKey({ action, onClose, onAnother }: OneKeyProps) {
  const { state: sent, isPending, run } = useCommand(action);
  // Without scripts the form posts by itself, and the page comes back with this state.
  const [posted, post] = useActionState<ActionState<RevealedSecret>, FormData>(action, idle);
  const state = sent.status === 'idle' ? posted : sent;
  if (state.status === 'ok') return <RevealPanel revealed={state.value} onDone={onClose} onAnother={onAnother} />;
  return (
    <CreateKeyForm layout="page" state={state} pending={isPending} onSubmit={run} action={post} onCancel={onClose} />
  );
}
