'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';
import { deleteWorkspaceAction } from './actions';
import { DELETION } from './deletion-words';

type DeleteWorkspaceProps = {
  workspace: { slug: string; name: string };
  /** Why it can't be deleted now. NULL: it can. */
  keptReason: string | null;
};

export function DeleteWorkspace({ workspace, keptReason }: DeleteWorkspaceProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { state, isPending, run } = useCommand(deleteWorkspaceAction.bind(null, workspace.slug));
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <p className="min-w-0 flex-1 basis-64 text-fg-2 text-pretty">
          Its management keys are refused at once and its members lose it. What it spent stays on the books. This can’t
          be undone. {keptReason}
        </p>
        <LeadsTo href={`/${workspace.slug}/settings/delete`}>
          <Button
            variant="danger-outline"
            icon={<Trash2 size={15} strokeWidth={1.75} aria-hidden="true" />}
            disabledReason={keptReason}
            {...opening(() => setIsOpen(true))}
          >
            Delete workspace
          </Button>
        </LeadsTo>
      </div>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={`Delete ${workspace.name}`}
        confirmLabel="Delete workspace"
        typeToConfirm={workspace.name}
        pending={isPending}
        submitError={formError(state)}
        onConfirm={() => run(new FormData())}
      >
        {DELETION}
      </ConfirmDialog>
    </>
  );
}
