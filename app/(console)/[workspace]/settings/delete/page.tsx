import type { Metadata } from 'next';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/entry/session';
import { countKeys } from '@/lib/keys/queries/summarise-keys';
import { ConfirmForm } from '../../../../confirm-form';
import { FormPage } from '../../form-page';
import { deleteWorkspaceAction } from '../actions';
import { DELETION } from '../deletion-words';
import { keptReason } from '../kept-reason';

export const metadata: Metadata = { title: 'Delete workspace' };

type Props = { params: Promise<{ workspace: string }> };

/** The question of the dialog with an address of its own. */
export default async function DeleteWorkspacePage({ params }: Props) {
  const { call, workspace } = await requireSession((await params).workspace);
  const { id, slug, name } = workspace;
  const settings = `/${slug}/settings`;
  const canDelete = call.scopes.has('workspaces:write');
  const reason = canDelete ? keptReason(slug, await countKeys(call, id)) : `Ask an owner of ${name}.`;
  return (
    <FormPage parents={[{ label: 'Settings', href: settings }]} title="Delete workspace">
      {reason === null ? (
        <ConfirmForm
          action={deleteWorkspaceAction.bind(null, slug)}
          fields={{}}
          submitLabel="Delete workspace"
          typeToConfirm={name}
          cancelHref={settings}
        >
          <p className="text-fg-2">{DELETION}</p>
        </ConfirmForm>
      ) : (
        <EmptyState
          headingLevel={2}
          title={canDelete ? `${name} can’t be deleted now` : 'Only owners delete a workspace'}
        >
          {reason}
        </EmptyState>
      )}
    </FormPage>
  );
}
