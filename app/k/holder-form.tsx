'use client';

import { AuthHeading, AuthShell } from '@/components/ui/auth-shell';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { PasswordField } from '@/components/ui/password-field';
import { type ActionState, fieldError, formError } from '@/lib/entry/action-state';
import { SampleLedger } from '../sign-in/sample-ledger';

type HolderFormProps = {
  state: ActionState<unknown>;
  isPending: boolean;
  post: (form: FormData) => void;
  onLook: (form: FormData) => void;
  version: string;
};

/** Asks for the key. Without scripts it posts by itself. */
export function HolderForm({ state, isPending, post, onLook, version }: HolderFormProps) {
  const message = formError(state);
  return (
    <AuthShell
      footer={
        <>
          <span>{`Keyledger ${version}`}</span>
          <Link href="/sign-in" className="rounded-xs underline underline-offset-3 hover:text-fg">
            Sign in
          </Link>
        </>
      }
      panel={<SampleLedger />}
    >
      <AuthHeading title="Your key">What it spent, what is left of its limit, and what went wrong last.</AuthHeading>
      <form
        action={post}
        onSubmit={(event) => {
          event.preventDefault();
          onLook(new FormData(event.currentTarget));
        }}
        noValidate
        className="flex flex-col gap-4"
      >
        <PasswordField
          label="Key"
          name="secret"
          size="lg"
          // A key is no password of this site: browsers are not to keep it.
          autoComplete="off"
          data-1p-ignore=""
          data-lpignore="true"
          autoCapitalize="none"
          autoFocus
          required
          help="The whole secret, as your service sends it. It is used to find the key, and not kept."
          error={fieldError(state, 'secret')}
        />
        {message && (
          <Note tone="danger" isAlert>
            {message}
          </Note>
        )}
        <Button type="submit" variant="primary" size="lg" isFullWidth isWorking={isPending}>
          Show usage
        </Button>
      </form>
    </AuthShell>
  );
}
