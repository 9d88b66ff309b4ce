import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { findAccountSession } from '@/lib/entry/session';
import { findUser } from '@/lib/users/queries';
import { FormPage, FormSection } from '../../../[workspace]/form-page';
import { OwnersOnly } from '../../owners-only';
import { USER_ACTIONS } from '../user-actions';
import { verbsOf, wordsOf } from '../user-words';
import { ChangeUser } from './change-user';

export const metadata: Metadata = { title: 'User' };

type Props = { params: Promise<{ id: string }> };

/** What the menu of a user's row does, with an address of its own. */
export default async function UserPage({ params }: Props) {
  const outcome = await findAccountSession();
  if (outcome.kind !== 'found') return <OwnersOnly title="Users" />;
  const { call, user: reader } = outcome.session;
  const user = (await findUser(call, (await params).id)) ?? notFound();
  return (
    <FormPage parents={[{ label: 'Users', href: '/users' }]} title={user.email}>
      {verbsOf(user, reader.id).map(({ verb, refusal }) => (
        <FormSection key={verb} title={wordsOf(verb, user).title}>
          {refusal === null ? (
            <ChangeUser verb={verb} user={user} action={USER_ACTIONS[verb]} />
          ) : (
            <p className="text-fg-2">{refusal}.</p>
          )}
        </FormSection>
      ))}
    </FormPage>
  );
}
