'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useActionState, useState, useTransition } from 'react';
import { OrDivider } from '@/components/ui/auth-shell';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmailField } from '@/components/ui/email-field';
import { PasswordField } from '@/components/ui/password-field';
import { type ActionState, formError, idle } from '@/lib/entry/action-state';
import { signInPath } from '@/lib/entry/next-path';
import type { SignInStep } from '@/lib/entry/password-sign-in';
import { describeSignInFault, readSignInFault, type SignInFault } from '@/lib/entry/sign-in-fault';
import { signInAction } from './actions';
import { CodeField } from './code-field';
import { ProviderButton } from './provider-button';

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

/** What the page came back with after the form was posted, which it is where no script runs or none runs yet. */
function readPosted(state: ActionState<SignInStep>): SignInStep | null {
  if (state.status === 'ok') return state.value;
  return formError(state) === null ? null : { fault: { kind: 'unavailable' }, email: '', ticket: null };
}

function useSignIn(next: string) {
  const [state, post, isPosting] = useActionState<ActionState<SignInStep>, FormData>(signInAction, idle);
  const [isStartedOver, setIsStartedOver] = useState(false);
  const posted = isStartedOver ? null : readPosted(state);
  const [fault, setFault] = useState<SignInFault | null>(null);
  /** Once the password was right, the second factor's code is asked for until the reader starts over. */
  const [isCodeAsked, setIsCodeAsked] = useState(false);
  const [isPending, startTransition] = useTransition();
  const ticket = posted?.ticket ?? null;
  function submit(event: FormEvent<HTMLFormElement>) {
    // The password that a ticket stands for is not on this page, so the code is posted as well.
    if (ticket !== null) return;
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
  function startOver() {
    setIsStartedOver(true);
    setIsCodeAsked(false);
    setFault(null);
  }
  return {
    fault: fault ?? posted?.fault ?? null,
    email: posted?.email ?? '',
    ticket,
    isCodeAsked: isCodeAsked || ticket !== null,
    isPending: isPending || isPosting,
    post,
    submit,
    startOver,
  };
}

export function SignInForm({ next, providerName, providerFault }: SignInFormProps) {
  const { fault, email, ticket, isCodeAsked, isPending, post, submit, startOver } = useSignIn(next);
  const message = fault && describeSignInFault(fault, providerName ?? 'Single sign-on');
  const isRefused = fault?.kind === 'refused' || fault?.kind === 'expired';
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
      <form action={post} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="next" value={next} />
        {ticket === null ? (
          <div className={isCodeAsked ? 'hidden' : 'contents'}>
            <CredentialFields email={email} error={isRefused ? message : null} />
          </div>
        ) : (
          <input type="hidden" name="ticket" value={ticket} />
        )}
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
          <ButtonLink href={signInPath(next)} variant="ghost" isFullWidth onClick={startOver}>
            Use another account
          </ButtonLink>
        )}
      </form>
    </>
  );
}

function CredentialFields({ email, error }: { email: string; error: string | null }) {
  return (
    <>
      <EmailField size="lg" autoComplete="username" autoFocus required defaultValue={email} />
      <PasswordField
        label="Password"
        name="password"
        size="lg"
        autoComplete="current-password"
        required
        error={error}
      />
    </>
  );
}
