import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireSession, type Session, widestCall } from '@/lib/entry/session';
import type { ManagementKey } from '@/lib/management-keys/contract';
import { getManagementKey } from '@/lib/management-keys/queries';
import { ConfirmForm } from '../../../../../confirm-form';
import { FormPage } from '../../../form-page';
import { orNotFound } from '../../../or-not-found';
import { deleteManagementKeyAction } from '../../actions';
import { DELETION } from '../../deletion-words';
import { NotForViewers } from '../../not-for-viewers';

export const metadata: Metadata = { title: 'Delete management key' };

type Props = { params: Promise<{ workspace: string; id: string }> };

/** The question of the dialog with an address of its own. */
export default async function DeleteManagementKeyPage({ params }: Props) {
  const { workspace: workspaceSlug, id } = await params;
  const session = await requireSession(workspaceSlug);
  const { call, workspace } = session;
  if (!call.scopes.has('keys:write')) return <NotForViewers workspaceName={workspace.name} />;
  const key = await readKey(session, id);
  const list = `/${workspace.slug}/management-keys`;
  return (
    <FormPage parents={[{ label: 'Management keys', href: list }]} title={`Delete ${key.name}`}>
      <ConfirmForm
        action={deleteManagementKeyAction.bind(null, workspace.slug)}
        fields={{ id }}
        submitLabel="Delete management key"
        typeToConfirm={key.name}
        cancelHref={list}
      >
        <p className="text-fg-2">{DELETION}</p>
      </ConfirmForm>
    </FormPage>
  );
}

/** A key that this workspace's list shows: its own, and for owners of the account one of the whole account. */
async function readKey(session: Session, id: string): Promise<ManagementKey> {
  if (!z.uuid().safeParse(id).success) notFound();
  const key = await orNotFound(getManagementKey(await widestCall(session), id));
  return key.workspaceId === null || key.workspaceId === session.workspace.id ? key : notFound();
}
