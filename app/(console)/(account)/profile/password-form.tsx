'use client';

import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { Note } from '@/components/ui/banner';
import { FormShell } from '@/components/ui/form-shell';
import { PasswordField } from '@/components/ui/password-field';
import { type ActionState, fieldError, formError } from '@/lib/entry/action-state';
import { useForm } from '../../../use-form';

type PasswordFormProps = {
  action: (previous: ActionState<null>, form: FormData) => Promise<ActionState<null>>;
  /** For the browser's own store of passwords. */
  email: string;
  help: string;
};

export function PasswordForm({ action, email, help }: PasswordFormProps) {
  const { state, isPending, run, post } = useForm(action);
  // New fields for the next change: a password does not stay on the page.
  const [count, setCount] = useState(0);
  return (
    <FormShell
      key={count}
      layout="page"
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        run(new FormData(event.currentTarget), () => setCount((before) => before + 1));
      }}
      pending={isPending}
      submitError={formError(state)}
      submitLabel="Change password"
    >
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <PasswordField
        label="Current password"
        name="password"
        autoComplete="current-password"
        error={fieldError(state, 'password')}
      />
      <PasswordField
        label="New password"
        name="newPassword"
        autoComplete="new-password"
        help={help}
        error={fieldError(state, 'newPassword')}
      />
      {state.status === 'ok' && (
        <div role="status">
          <Note tone="ok" icon={<CircleCheck size={16} strokeWidth={1.75} aria-hidden="true" />} title="Changed.">
            Your other browsers are signed out.
          </Note>
        </div>
      )}
    </FormShell>
  );
}
