import type { Metadata } from 'next';
import { SCOPES } from '@/lib/core/call';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { requireSession, widestCall } from '@/lib/entry/session';
import { FormPage } from '../../form-page';
import { createManagementKeyAction } from '../actions';
import { NotForViewers } from '../not-for-viewers';
import { CreateManagementKeyPage } from './create-management-key-page';

export const metadata: Metadata = { title: 'Create management key' };

type Props = { params: Promise<{ workspace: string }> };

/** The form of the dialog with an address of its own. */
export default async function NewManagementKeyPage({ params }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace } = session;
  const { slug, name } = workspace;
  if (!call.scopes.has('keys:write')) return <NotForViewers workspaceName={name} />;
  return (
    <FormPage parents={[{ label: 'Management keys', href: `/${slug}/management-keys` }]} title="Create management key">
      <CreateManagementKeyPage
        action={createManagementKeyAction.bind(null, slug)}
        workspace={{ slug, name }}
        scopes={SCOPES.filter((scope) => call.scopes.has(scope))}
        canReachAccount={(await widestCall(session)).workspace === null}
        baseUrl={publicBaseUrl()}
      />
    </FormPage>
  );
}
