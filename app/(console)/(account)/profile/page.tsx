import type { Metadata } from 'next';
import { DefinitionList } from '@/components/ui/definition-list';
import { RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { ThemeToggle } from '@/components/ui/theme-toggle';
import { TopBar } from '@/components/ui/top-bar';
import { oidcProvider } from '@/lib/entry/oidc-provider';
import { requireUserSession } from '@/lib/entry/session';
import { PASSWORD_LENGTH_MIN } from '@/lib/users/contract';
import { listOwnSessions, readOwnSecurity } from '@/lib/users/queries';
import { changeNameAction, changePasswordAction } from './actions';
import { NameForm } from './name-form';
import { PasswordForm } from './password-form';
import { SecondFactor } from './second-factor';
import { Sessions } from './sessions';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const { call, user, sessionId } = await requireUserSession();
  const [security, sessions] = await Promise.all([readOwnSecurity(call), listOwnSessions(call)]);
  const providerName = oidcProvider()?.name ?? null;
  return (
    <>
      <TopBar title="Profile" hint={user.email} />
      <RuledSheet>
        <SheetRow>
          <SheetCell span={8} label="You">
            <SectionHeader title="You" />
            <div className="max-w-[480px]">
              <NameForm action={changeNameAction} name={user.name} />
            </div>
          </SheetCell>
          <SheetCell span={4} label="Account">
            <SectionHeader title="Account" />
            <DefinitionList
              isRuledAround
              items={[
                { term: 'Email', detail: <span className="wrap-anywhere">{user.email}</span> },
                { term: 'Role', detail: user.isAccountOwner ? 'Owner of the account' : 'User' },
                { term: 'Password', detail: security.hasPassword ? 'Set' : 'None' },
                ...(providerName
                  ? [{ term: providerName, detail: security.hasIdentity ? 'Linked' : 'Linked at the first sign-in' }]
                  : []),
              ]}
            />
          </SheetCell>
        </SheetRow>
        <SheetRow>
          <SheetCell span={8} label="Password">
            <SectionHeader title="Password" />
            <div className="max-w-[480px]">
              {security.hasPassword ? (
                <PasswordForm
                  action={changePasswordAction}
                  email={user.email}
                  help={`${PASSWORD_LENGTH_MIN} characters or more; a few words in a row are fine.`}
                />
              ) : (
                <p className="text-fg-2">
                  You sign in through {providerName ?? 'your provider'} and have no password here. An owner of the
                  account can make you a link to set one.
                </p>
              )}
            </div>
          </SheetCell>
          <SheetCell span={4} label="Theme">
            <SectionHeader title="Theme" hint="Of this browser" />
            <ThemeToggle />
          </SheetCell>
        </SheetRow>
        <SheetRow>
          <SheetCell span={12} label="Second factor">
            <SectionHeader title="Second factor" hint="A code of an authenticator app at each sign-in" />
            <SecondFactor security={security} providerName={providerName} now={call.now} />
          </SheetCell>
        </SheetRow>
        <SheetRow>
          <SheetCell span={12} label="Sessions">
            <SectionHeader title="Sessions" hint="Where you are signed in" />
            <Sessions sessions={sessions} ownId={sessionId} now={call.now} />
          </SheetCell>
        </SheetRow>
      </RuledSheet>
    </>
  );
}
