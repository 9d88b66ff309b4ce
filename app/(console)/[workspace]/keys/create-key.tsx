'use client';

import { useActionState, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { RadioCards } from '@/components/ui/radio-cards';
import { fieldError, formError, idle } from '@/lib/entry/action-state';
import { createKeyAction } from './actions';
import { ExpiryField } from './expiry-field';
import { IdentityFields, LimitFields, TagsField } from './key-fields';
import { useKeysPlace } from './keys-place';
import { RevealDialog, RevealPanel } from './reveal-secret';
import { useCommand } from './use-command';

type CreateKeyProps = {
  layout: 'dialog' | 'page';
  onClose: () => void;
  onAnother: () => void;
};

/** The form, and after it the one reveal of the secret. Mount it anew for another key: its state holds the secret. */
export function CreateKey({ layout, onClose, onAnother }: CreateKeyProps) {
  const { slug, workspaceName, userEmail } = useKeysPlace();
  const action = createKeyAction.bind(null, slug);
  const command = useCommand(action);
  // Without scripts the form posts by itself, and React renders the page with this state.
  const [posted, post] = useActionState(action, idle);
  const [hasInput, setHasInput] = useState(false);
  const state = command.state.status === 'idle' ? posted : command.state;
  if (state.status === 'ok') {
    const Reveal = layout === 'dialog' ? RevealDialog : RevealPanel;
    return <Reveal revealed={state.value} onDone={onClose} onAnother={onAnother} />;
  }
  const form = (
    <FormShell
      layout={layout}
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        command.run(new FormData(event.currentTarget));
      }}
      onInput={() => setHasInput(true)}
      pending={command.isPending}
      submitError={formError(state)}
      submitLabel="Create key"
      onCancel={onClose}
      context={
        <>
          Written to the audit log as <span className="text-fg-2">{userEmail}</span>
        </>
      }
    >
      <IdentityFields state={state} />
      <EnvironmentField error={fieldError(state, 'environment')} />
      <LimitFields state={state} />
      <div className="grid gap-4 sm:grid-cols-2">
        <ExpiryField state={state} />
        <TagsField state={state} />
      </div>
    </FormShell>
  );
  if (layout === 'page') return form;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Create key"
      description={
        <>
          In <b className="font-medium text-fg">{workspaceName}</b>. The secret is shown once, right after this step.
        </>
      }
      size="lg"
      hasUnsavedInput={hasInput}
    >
      {form}
    </Dialog>
  );
}

function EnvironmentField({ error }: { error: string | null }) {
  const { keyPrefix } = useKeysPlace();
  return (
    <RadioCards
      label="Environment"
      name="environment"
      defaultValue="live"
      error={error}
      options={[
        { value: 'live', label: 'Live', code: `${keyPrefix}_live_`, help: 'For services in production.' },
        { value: 'test', label: 'Test', code: `${keyPrefix}_test_`, help: 'For development and staging.' },
      ]}
    />
  );
}
