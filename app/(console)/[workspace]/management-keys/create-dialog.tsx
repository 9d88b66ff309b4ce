'use client';

import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormShell } from '@/components/ui/form-shell';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import type { Scope } from '@/lib/core/call';
import { fieldError, formError } from '@/lib/entry/action-state';
import { useSubmit } from '../../../use-submit';
import { createManagementKeyAction } from './actions';
import { EXPIRY_DAYS } from './expiry';
import { RevealDialog } from './reveal-dialog';
import { scopeWords } from './scope-words';

export type CreateDialogProps = {
  workspace: { slug: string; name: string };
  /** Those that the maker has, which are all that can be given on. */
  scopes: readonly Scope[];
  /** Whether the maker may make keys of the whole account. */
  canReachAccount: boolean;
  baseUrl: string;
  onClose: () => void;
};

const expiryOptions = [
  { value: '', label: 'Never' },
  ...EXPIRY_DAYS.map((days) => ({ value: days, label: days === '365' ? 'In a year' : `In ${days} days` })),
];

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
        <TextField
          label="Name"
          name="name"
          maxLength={200}
          placeholder="billing-worker"
          error={fieldError(state, 'name')}
        />
        {canReachAccount && (
          <RadioCards
            label="Reach"
            name="reach"
            defaultValue="workspace"
            options={[
              { value: 'workspace', label: 'This workspace', help: `Only ${workspace.name}` },
              { value: 'account', label: 'Whole account', help: 'Every workspace, also future ones' },
            ]}
          />
        )}
        <Field id="management-key-scopes" label="Scopes" isGroup error={fieldError(state, 'scopes')}>
          <div className="flex flex-col gap-2">
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                name="scopes[]"
                value={scope}
                defaultChecked={scope === 'usage:write'}
                label={<span className="mono">{scope}</span>}
                help={scopeWords[scope]}
              />
            ))}
          </div>
        </Field>
        <Select
          label="Expires"
          name="expiresInDays"
          options={expiryOptions}
          defaultValue=""
          error={fieldError(state, 'expiresInDays')}
        />
      </FormShell>
    </Dialog>
  );
}
