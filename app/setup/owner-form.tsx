'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useActionState, useState, useTransition } from 'react';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { EmailField } from '@/components/ui/email-field';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { type ActionState, fieldError, formError, idle } from '@/lib/entry/action-state';
import { createFirstOwnerAction } from './actions';

const first = { outcome: idle, name: '', email: '' } as const;

/** Creates the account, signs its owner in, and goes on to the first key. Where no script runs, the server does all that. */
export function OwnerForm({ token, passwordHelp }: { token: string; passwordHelp: string }) {
  const [posted, post] = useActionState(createFirstOwnerAction, first);
  const [sent, setSent] = useState<ActionState<null>>(idle);
  const [isPending, startTransition] = useTransition();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    form.set('isScripted', 'on');
    startTransition(async () => {
      const { outcome } = await createFirstOwnerAction(first, form);
      setSent(outcome);
      if (outcome.status !== 'ok') return;
      const credentials = { email: String(form.get('email')), password: String(form.get('password')) };
      await signIn('credentials', { redirect: false, ...credentials }).catch(() => undefined);
      // Also when signing in failed: then the next page asks for it.
      window.location.assign('/');
      await new Promise(() => {});
    });
  }
  const state = sent.status === 'idle' ? posted.outcome : sent;
  const message = formError(state);
  return (
    <form action={post} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <input type="hidden" name="token" value={token} />
      <TextField
        label="Your name"
        name="name"
        size="lg"
        autoComplete="name"
        defaultValue={posted.name}
        autoFocus
        required
        error={fieldError(state, 'name')}
      />
      <EmailField
        size="lg"
        autoComplete="username"
        defaultValue={posted.email}
        required
        help="You sign in with it. Nothing is sent to it."
        error={fieldError(state, 'email')}
      />
      <PasswordField
        label="Password"
        name="password"
        size="lg"
        autoComplete="new-password"
        required
        help={passwordHelp}
        error={fieldError(state, 'password')}
      />
      {message && (
        <Note tone="danger" isAlert>
          {message}
        </Note>
      )}
      <Button type="submit" variant="primary" size="lg" isFullWidth isWorking={isPending}>
        Create account
      </Button>
    </form>
  );
}
