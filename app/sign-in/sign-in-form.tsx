'use client';

import { ShieldCheck } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState, useTransition } from 'react';
import { OrDivider } from '@/components/ui/auth-shell';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { describeSignInFault, readSignInFault, type SignInFault } from '@/lib/entry/sign-in-fault';

type SignInFormProps = {
  /** Where to go afterwards: a path of this origin. */
  next: string;
  /** NULL: no OpenID Connect provider is configured. */
  providerName: string | null;
  /** How the last exchange with the provider ended, when it brought the reader back here. */
  providerFault: SignInFault | null;
};

/** Asks next-auth. NULL: signed in. */
async function trySignIn(form: FormData): Promise<SignInFault | null> {
  const answer = await signIn('credentials', {
    redirect: false,
    email: String(form.get('email') ?? ''),
    password: String(form.get('password') ?? ''),
    code: String(form.get('code') ?? ''),
  }).catch(() => undefined);
  if (!answer || (!answer.ok && !answer.error)) return { kind: 'unavailable' };
  return answer.error ? readSignInFault(answer.error) : null;
}

export function SignInForm({ next, providerName, providerFault }: SignInFormProps) {
  const [fault, setFault] = useState<SignInFault | null>(null);
  /** Once the password was right, the second factor's code is asked for until the reader starts over. */
  const [isCodeAsked, setIsCodeAsked] = useState(false);
  const [isPending, startTransition] = useTransition();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(async () => {
      const outcome = await trySignIn(form);
      // A whole load: what the router remembers from before was somebody else's.
      if (outcome === null) window.location.assign(next);
      else setFault(outcome);
      if (outcome?.kind === 'code-needed') setIsCodeAsked(true);
      if (outcome?.kind === 'refused') setIsCodeAsked(false);
      // Until the next page is there, the button keeps working.
      if (outcome === null) await new Promise(() => {});
    });
  }
  const message = fault && describeSignInFault(fault, providerName ?? 'Single sign-on');
  const isRefused = fault?.kind === 'refused';
  const isAboutCode = fault?.kind === 'code-needed' || fault?.kind === 'code-refused';
  return (
    <>
      {providerFault && (
        <Note tone="danger" isAlert>
          {describeSignInFault(providerFault, providerName ?? 'Single sign-on')}
        </Note>
      )}
      {providerName && !isCodeAsked && <ProviderButton name={providerName} next={next} />}
      {providerName && !isCodeAsked && <OrDivider />}
      <form onSubmit={submit} noValidate method="post" className="flex flex-col gap-4">
        <div className={isCodeAsked ? 'hidden' : 'contents'}>
          <TextField
            label="Email"
            name="email"
            type="email"
            size="lg"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
          />
          <PasswordField
            label="Password"
            name="password"
            size="lg"
            autoComplete="current-password"
            required
            error={isRefused ? message : null}
          />
        </div>
        {isCodeAsked && <CodeField error={fault?.kind === 'code-refused' ? message : null} />}
        {message && !isRefused && !isAboutCode && (
          <Note tone="danger" isAlert>
            {message}
          </Note>
        )}
        <Button type="submit" variant="primary" size="lg" isFullWidth isWorking={isPending}>
          Sign in
        </Button>
        {isCodeAsked && (
          <Button
            variant="ghost"
            isFullWidth
            onClick={() => {
              setIsCodeAsked(false);
              setFault(null);
            }}
          >
            Use another account
          </Button>
        )}
      </form>
    </>
  );
}

/** An authenticator app fills it in where it can. */
function CodeField({ error }: { error: string | null }) {
  return (
    <TextField
      label="Code"
      name="code"
      size="lg"
      isMono
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      autoFocus
      required
      help="Of your authenticator app, or one of your recovery codes."
      error={error}
    />
  );
}

function ProviderButton({ name, next }: { name: string; next: string }) {
  const [isPending, startTransition] = useTransition();
  function start() {
    startTransition(async () => {
      await signIn('oidc', { callbackUrl: next });
      await new Promise(() => {});
    });
  }
  return (
    <Button
      size="lg"
      isFullWidth
      isWorking={isPending}
      icon={<ShieldCheck size={16} strokeWidth={1.75} aria-hidden="true" />}
      onClick={start}
    >
      {`Continue with ${name}`}
    </Button>
  );
}
