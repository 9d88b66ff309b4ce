'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import type { Scope } from '@/lib/core/call';
import { formError } from '@/lib/entry/action-state';
import { useSubmit } from '../../../use-submit';
import { createManagementKeyAction } from './actions';
import { ManagementKeyFields } from './management-key-fields';
import { RevealDialog } from './reveal-dialog';

export type CreateDialogProps = {
  workspace: { slug: string; name: string };
  /** Those that the maker has, which are all that can be given on. */
  scopes: readonly Scope[];
  /** Whether the maker may make keys of the whole account. */
  canReachAccount: boolean;
  baseUrl: string;
  onClose: () => void;
};

/** The form, and after it the secret. */
export function CreateDialog({ workspace, scopes, canReachAccount, baseUrl, onClose }: CreateDialogProps) {
  const { state, submit, isPending } = useSubmit(createManagementKeyAction.bind(null, workspace.slug));
  const [isTouched, setIsTouched] = useState(false);
  if (state.status === 'ok') return <RevealDialog made={state.value} baseUrl={baseUrl} onClose={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Create management key"
      description="For services and scripts that call the API. It is no key to spend with."
      hasUnsavedInput={isTouched}
    >
      <FormShell
        onSubmit={submit}
        onInput={() => setIsTouched(true)}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Create key"
        onCancel={onClose}
        context="The secret is shown once, after this."
      >
        <ManagementKeyFields
          workspaceName={workspace.name}
          scopes={scopes}
          canReachAccount={canReachAccount}
          state={state}
        />
      </FormShell>
    </Dialog>
  );
}
