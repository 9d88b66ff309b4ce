'use client';

import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { Note } from '@/components/ui/banner';
import { PasswordField } from '@/components/ui/password-field';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { PageForm } from '../../../page-form';
import { useForm } from '../../../use-form';

type PasswordFormProps = {
  action: (previous: ActionState<null>, form: FormData) => Promise<ActionState<null>>;
  /** For the browser's own store of passwords. */
  email: string;
  help: string;
};

export function PasswordForm({ action, email, help }: PasswordFormProps) {
  const form = useForm(action);
  const { state } = form;
  // New fields for the next change: a password does not stay on the page.
  const [count, setCount] = useState(0);
  return (
    <PageForm
      key={count}
      form={{ ...form, run: (data) => form.run(data, () => setCount((before) => before + 1)) }}
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
    </PageForm>
  );
}
