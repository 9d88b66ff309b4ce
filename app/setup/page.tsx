import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AuthHeading, AuthShell, Stepper } from '@/components/ui/auth-shell';
import { ButtonLink } from '@/components/ui/button-link';
import { isEmbeddedDatabase } from '@/lib/entry/installation';
import { checkServer, isSetupOpen, isSetupTokenValid } from '@/lib/setup/queries';
import { PASSWORD_LENGTH_MIN } from '@/lib/users/contract';
import { SampleLedger } from '../sign-in/sample-ledger';
import { productVersion } from '../version';
import { OwnerForm } from './owner-form';
import { ServerCheckPanel } from './server-check';

// The link's token is in the address. The policy of all pages keeps it from other origins; `no-referrer` would hide this
// page's origin too, without which a form that is posted without scripts is refused.
export const metadata: Metadata = { title: 'Set up' };
export const dynamic = 'force-dynamic';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetupPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const given = typeof token === 'string' ? token : '';
  if (!(await isSetupOpen())) return <AlreadySetUp />;
  if (!(await isSetupTokenValid(given))) return <LinkNeeded isGiven={given !== ''} />;
  return (
    <AuthShell
      width={400}
      headerAside="Step 2 of 3"
      footer={<span>{`Keyledger ${productVersion}. Nothing leaves this server.`}</span>}
      panel={<ServerCheckPanel check={await checkServer()} now={new Date()} isEmbedded={isEmbeddedDatabase()} />}
      isPanelDecorative={false}
    >
      <Stepper steps={['Database', 'Owner', 'First key']} current={1} />
      <AuthHeading title="Create the owner’s account">
        It owns every workspace. Other accounts can follow later.
      </AuthHeading>
      <OwnerForm
        token={given}
        passwordHelp={`${PASSWORD_LENGTH_MIN} characters or more; a few words in a row are fine.`}
      />
    </AuthShell>
  );
}

function AlreadySetUp() {
  return (
    <Explanation title="This installation is set up">
      <p className="text-fg-2">It has an owner, so its set-up links do nothing any more. Sign in to go on.</p>
      <ButtonLink href="/sign-in" variant="primary" size="lg" isFullWidth>
        Sign in
      </ButtonLink>
    </Explanation>
  );
}

function LinkNeeded({ isGiven }: { isGiven: boolean }) {
  return (
    <Explanation title={isGiven ? 'This set-up link is not valid' : 'Set up Keyledger'}>
      <p className="text-fg-2">
        {isGiven
          ? 'It is cut off, or belongs to another installation or an earlier database.'
          : 'The owner’s account is created through a link that only who runs the server can see.'}{' '}
        The server writes a new link each time it starts, until somebody owns it:
      </p>
      <pre className="rounded-md border border-line bg-sunken px-3 py-2.5 text-xs whitespace-pre-wrap">
        First start: create the owner’s account at …/setup?token=…
      </pre>
      <p className="text-xs text-fg-3">Look at where you started it, or at its log. If it scrolled away, restart it.</p>
    </Explanation>
  );
}

function Explanation({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AuthShell width={400} footer={<span>{`Keyledger ${productVersion}`}</span>} panel={<SampleLedger />}>
      <AuthHeading title={title} />
      {children}
    </AuthShell>
  );
}
