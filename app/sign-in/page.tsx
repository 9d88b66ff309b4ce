import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthHeading, AuthShell } from '@/components/ui/auth-shell';
import { Note } from '@/components/ui/banner';
import { Link } from '@/components/ui/link';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { safeNextPath } from '@/lib/entry/next-path';
import { oidcProvider } from '@/lib/entry/oidc-provider';
import { currentUser } from '@/lib/entry/session';
import { readSignInFault } from '@/lib/entry/sign-in-fault';
import { isSetupOpen } from '@/lib/setup/queries';
import { productVersion } from '../version';
import { SampleLedger } from './sample-ledger';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };
export const dynamic = 'force-dynamic';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** next-auth hands the way back over as `callbackUrl`, whole or as a path. */
function readNext(parameters: Awaited<Props['searchParams']>): string {
  const { next, callbackUrl } = parameters;
  if (typeof next === 'string') return safeNextPath(next) ?? '/';
  if (typeof callbackUrl !== 'string') return '/';
  const base = `${publicBaseUrl()}/`;
  return safeNextPath(callbackUrl.startsWith(base) ? callbackUrl.slice(base.length - 1) : callbackUrl) ?? '/';
}

export default async function SignInPage({ searchParams }: Props) {
  const parameters = await searchParams;
  const next = readNext(parameters);
  const [user, isUnowned] = await Promise.all([currentUser(), isSetupOpen()]);
  if (user) redirect(next);
  return (
    <AuthShell footer={<span>{`Keyledger ${productVersion}`}</span>} panel={<SampleLedger />}>
      <AuthHeading title="Sign in">
        to <b className="font-medium text-fg">{new URL(publicBaseUrl()).host}</b>
      </AuthHeading>
      {isUnowned && (
        <Note tone="info" icon={<KeyRound size={16} strokeWidth={1.75} aria-hidden="true" />} title="Not set up yet.">
          The server wrote a set-up link when it started. Open it to create the owner’s account.
        </Note>
      )}
      <SignInForm
        next={next}
        providerName={oidcProvider()?.name ?? null}
        providerFault={typeof parameters.error === 'string' ? readSignInFault(parameters.error) : null}
      />
      <p className="text-xs text-fg-3">
        No account yet, or the password forgotten? Ask an owner, or whoever runs this server.
      </p>
      <p className="text-xs text-fg-3">
        You hold a key and want to see what it spent?{' '}
        <Link href="/k" className="rounded-xs underline underline-offset-3 hover:text-fg">
          Look at your key
        </Link>
      </p>
    </AuthShell>
  );
}
