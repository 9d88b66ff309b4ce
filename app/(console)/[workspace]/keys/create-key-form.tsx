'use client';

import { FormShell } from '@/components/ui/form-shell';
import { RadioCards } from '@/components/ui/radio-cards';
import { type ActionState, fieldError, formError, sentFields } from '@/lib/entry/action-state';
import { ExpiryField } from './expiry-field';
import { IdentityFields, LimitFields, TagsField } from './key-fields';
import { useKeysPlace } from './keys-place';

type CreateKeyFormProps = {
  layout: 'dialog' | 'page';
  state: ActionState<unknown>;
  pending: boolean;
  onSubmit: (form: FormData) => void;
  /** Takes the form where no script runs. */
  action?: ((form: FormData) => void) | undefined;
  onInput?: (() => void) | undefined;
  /** Of a dialog. */
  onCancel?: (() => void) | undefined;
  /** Of a page: where giving up leads. */
  cancelHref?: string | undefined;
};

export function CreateKeyForm(props: CreateKeyFormProps) {
  const { layout, state, pending, onSubmit, action, onInput, onCancel, cancelHref } = props;
  const { userEmail } = useKeysPlace();
  return (
    <FormShell
      layout={layout}
      action={action}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(new FormData(event.currentTarget));
      }}
      onInput={onInput}
      pending={pending}
      submitError={formError(state)}
      sent={sentFields(state)}
      submitLabel="Create key"
      onCancel={onCancel}
      cancelHref={cancelHref}
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
