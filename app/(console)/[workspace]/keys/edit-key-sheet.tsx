'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormShell } from '@/components/ui/form-shell';
import { Sheet } from '@/components/ui/sheet';
import { useToast } from '@/components/ui/toast';
import { type ActionState, formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';
import { updateKeyAction } from './actions';
import { IdentityFields, LimitFields, TagsField } from './key-fields';
import type { KeyRow } from './key-row';
import { useKeysPlace } from './keys-place';
import { useUndo } from './use-undo';

export function EditKeySheet({ row, onClose }: { row: KeyRow; onClose: () => void }) {
  const { slug, userEmail } = useKeysPlace();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(updateKeyAction.bind(null, slug));
  const { undoOf } = useUndo(slug);
  const [hasInput, setHasInput] = useState(false);
  const router = useRouter();
  function close() {
    // What was refused may be refused for what the page does not show yet.
    if (state.status === 'error') router.refresh();
    onClose();
  }
  return (
    <Sheet
      open
      onOpenChange={(isOpen) => !isOpen && close()}
      title={`Edit ${row.name}`}
      description={<span className="mono">{row.hint}</span>}
      hasUnsavedInput={hasInput}
    >
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          run(form, (changed) => {
            const name = String(form.get('name')).trim();
            show({
              title: `${name} is saved`,
              ...(changed.hashes.length > 0 ? { action: undoOf([changed], row.name) } : {}),
            });
            onClose();
          });
        }}
        onInput={() => setHasInput(true)}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Save"
        onCancel={close}
        context={
          <>
            Written to the audit log as <span className="text-fg-2">{userEmail}</span>
          </>
        }
      >
        <EditFields row={row} state={state} />
      </FormShell>
    </Sheet>
  );
}

/** The key as it is, to be changed. Refused where somebody else changed it meanwhile. */
export function EditFields({ row, state }: { row: KeyRow; state: ActionState<unknown> }) {
  return (
    <>
      <input type="hidden" name="hash" value={row.hash} />
      <input type="hidden" name="seen" value={row.updatedAt?.toISOString() ?? ''} />
      <IdentityFields state={state} row={row} />
      <LimitFields state={state} row={row} />
      <TagsField state={state} row={row} />
    </>
  );
}
