import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/entry/session';
import { findMember } from '@/lib/members/queries';
import { ConfirmForm } from '../../../../confirm-form';
import { FormPage, FormSection } from '../../form-page';
import { changeRoleAction, removeMemberAction } from '../actions';
import { describeRemoval } from '../removal-words';
import { RoleForm } from './role-form';

export const metadata: Metadata = { title: 'Member' };

type Props = { params: Promise<{ workspace: string; userId: string }> };

/** What the menu of a member's row does, with an address of its own. */
export default async function MemberPage({ params }: Props) {
  const { workspace: workspaceSlug, userId } = await params;
  const { call, workspace } = await requireSession(workspaceSlug);
  const { slug, name } = workspace;
  const member = (await findMember(call, workspace.id, userId)) ?? notFound();
  const list = `/${slug}/members`;
  return (
    <FormPage parents={[{ label: 'Members', href: list }]} title={member.email}>
      {call.scopes.has('workspaces:write') ? (
        <>
          <FormSection title={`Role of ${member.name}`}>
            <RoleForm action={changeRoleAction.bind(null, slug)} member={member} cancelHref={list} />
          </FormSection>
          <FormSection title={`Remove ${member.name}`}>
            <ConfirmForm
              action={removeMemberAction.bind(null, slug)}
              fields={{ userId: member.userId }}
              submitLabel="Remove member"
            >
              <p className="text-fg-2">{describeRemoval(name)}</p>
            </ConfirmForm>
          </FormSection>
        </>
      ) : (
        <EmptyState headingLevel={2} title="Only owners change members">
          Ask an owner of {name}.
        </EmptyState>
      )}
    </FormPage>
  );
}
