import type { Metadata } from 'next';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/entry/session';
import { getExport } from '@/lib/exports/queries/find-exports';
import { ConfirmForm } from '../../../../../confirm-form';
import { FormPage } from '../../../form-page';
import { orNotFound } from '../../../or-not-found';
import { deleteExportAction } from '../../actions';
import { toExportRow } from '../../export-row';
import { isBeingMade } from '../../export-state';
import { describeDeletion } from '../../exports-words';
import { NoExports } from '../../no-exports';

export const metadata: Metadata = { title: 'Delete export' };

type Props = { params: Promise<{ workspace: string; id: string }> };

/** The question of the dialog with an address of its own. */
export default async function DeleteExportPage({ params }: Props) {
  const { workspace: workspaceSlug, id } = await params;
  const { call, workspace, role } = await requireSession(workspaceSlug);
  if (!call.scopes.has('usage:export')) return <NoExports role={role} workspaceName={workspace.name} />;
  const row = toExportRow(await orNotFound(getExport(call, id)));
  const list = `/${workspace.slug}/exports`;
  return (
    <FormPage parents={[{ label: 'Exports', href: list }]} title="Delete export">
      {isBeingMade(row) ? (
        <EmptyState headingLevel={2} title="It is still being made">
          {row.fileName} can be cancelled in the list of exports.
        </EmptyState>
      ) : (
        <ConfirmForm
          action={deleteExportAction.bind(null, workspace.slug)}
          fields={{ id }}
          submitLabel="Delete export"
          cancelHref={list}
        >
          <p className="text-fg-2 wrap-anywhere">{describeDeletion(row.fileName)}</p>
        </ConfirmForm>
      )}
    </FormPage>
  );
}
