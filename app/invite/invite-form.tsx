'use client';

import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { type ActionState, fieldError, formError } from '@/lib/entry/action-state';
import { useForm } from '../use-form';

type InviteFormProps = {
  action: (previous: ActionState<string>, form: FormData) => Promise<ActionState<string>>;
  token: string;
  email: string;
  passwordHelp: string;
};

/** Sets the password, signs in with it and goes on; who has a second factor is asked for its code on the next page. */
export function InviteForm({ action, token, email, passwordHelp }: InviteFormProps) {
  const { state, isPending, run, post } = useForm(action);
  const [isLeaving, setIsLeaving] = useState(false);
  function submit(form: FormData) {
    form.set('isScripted', 'on');
    run(form, (address) => {
      setIsLeaving(true);
      const credentials = { email: address, password: String(form.get('password')) };
      void signIn('credentials', { redirect: false, ...credentials })
        .catch(() => undefined)
        .then(() => window.location.assign('/'));
    });
  }
  const message = formError(state);
  return (
    <form
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
      noValidate
      className="flex flex-col gap-4"
    >
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <PasswordField
        label="Password"
        name="password"
        size="lg"
        autoComplete="new-password"
        autoFocus
        required
        help={passwordHelp}
        error={fieldError(state, 'password')}
      />
      {message && (
        <Note tone="danger" isAlert>
          {message}
        </Note>
      )}
      <Button type="submit" variant="primary" size="lg" isFullWidth isWorking={isPending || isLeaving}>
        Set password
      </Button>
    </form>
  );
}
