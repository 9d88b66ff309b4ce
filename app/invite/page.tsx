import type { Metadata } from 'next';
import { AuthHeading, AuthShell } from '@/components/ui/auth-shell';
import { ButtonLink } from '@/components/ui/button-link';
import { PASSWORD_LENGTH_MIN } from '@/lib/users/contract';
import { findInvitedUser } from '@/lib/users/queries';
import { SampleLedger } from '../sign-in/sample-ledger';
import { productVersion } from '../version';
import { acceptInviteAction } from './actions';
import { InviteForm } from './invite-form';

// The link's token is in the address. The policy of all pages keeps it from other origins; `no-referrer` would hide this
// page's origin too, without which a form that is posted without scripts is refused.
export const metadata: Metadata = { title: 'Set your password' };
export const dynamic = 'force-dynamic';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where a link leads that an owner of the account made. */
export default async function InvitePage({ searchParams }: Props) {
  const { token, done } = await searchParams;
  if (done !== undefined) return <PasswordSet />;
  const given = typeof token === 'string' ? token : '';
  const invited = await findInvitedUser(given, new Date());
  return (
    <AuthShell footer={<span>{`Keyledger ${productVersion}`}</span>} panel={<SampleLedger />}>
      {invited ? (
        <>
          <AuthHeading title={invited.hasPassword ? 'Set a new password' : `Welcome, ${invited.name}`}>
            for <b className="font-medium text-fg wrap-anywhere">{invited.email}</b>
          </AuthHeading>
          <InviteForm
            action={acceptInviteAction}
            token={given}
            email={invited.email}
            passwordHelp={`${PASSWORD_LENGTH_MIN} characters or more; a few words in a row are fine.`}
          />
          {invited.hasPassword && (
            <p className="text-xs text-fg-3">All browsers that are signed in with this account are signed out then.</p>
          )}
        </>
      ) : (
        <>
          <AuthHeading title="This link works no more" />
          <p className="text-fg-2">
            It was used, a newer one took its place, or a week has passed. Ask an owner for a new link; if you have set
            your password already, sign in.
          </p>
          <ButtonLink href="/sign-in" variant="primary" size="lg" isFullWidth>
            Sign in
          </ButtonLink>
        </>
      )}
    </AuthShell>
  );
}

function PasswordSet() {
  return (
    <AuthShell footer={<span>{`Keyledger ${productVersion}`}</span>} panel={<SampleLedger />}>
      <AuthHeading title="Your password is set" />
      <ButtonLink href="/sign-in" variant="primary" size="lg" isFullWidth>
        Sign in
      </ButtonLink>
    </AuthShell>
  );
}
