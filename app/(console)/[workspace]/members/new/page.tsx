import type { Metadata } from 'next';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/entry/session';
import { FormPage } from '../../form-page';
import { addMemberAction } from '../actions';
import { AddMemberPage } from './add-member-page';

export const metadata: Metadata = { title: 'Add member' };

type Props = { params: Promise<{ workspace: string }> };

/** The form of the dialog with an address of its own. */
export default async function NewMemberPage({ params }: Props) {
  const { call, workspace } = await requireSession((await params).workspace);
  const { slug, name } = workspace;
  return (
    <FormPage parents={[{ label: 'Members', href: `/${slug}/members` }]} title="Add member">
      {call.scopes.has('workspaces:write') ? (
        <AddMemberPage action={addMemberAction.bind(null, slug)} workspace={{ slug, name }} />
      ) : (
        <EmptyState headingLevel={2} title="Only owners add members">
          Ask an owner of {name}.
        </EmptyState>
      )}
    </FormPage>
  );
}
