'use client';

import { useState } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { TextField } from '@/components/ui/text-field';
import { fieldError, formError } from '@/lib/entry/action-state';
import { slugOf } from '../../reserved-slugs';
import { useSubmit } from '../../use-submit';
import { timeZoneOptions } from '../time-zone-options';
import { createWorkspaceAction } from './actions';

/** Asks for a name; the address follows it until it is typed over. */
export function CreateWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const { state, submit, isPending } = useSubmit(createWorkspaceAction);
  const [name, setName] = useState('');
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const slug = typedSlug ?? slugOf(name);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Create workspace"
      description="Its keys, usage and members are apart from all others."
      size="sm"
      hasUnsavedInput={name !== ''}
    >
      <FormShell
        onSubmit={submit}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Create workspace"
        onCancel={onClose}
      >
        <TextField
          label="Name"
          name="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={100}
          error={fieldError(state, 'name')}
        />
        <TextField
          label="Address"
          name="slug"
          isMono
          prefix="/"
          value={slug}
          onChange={(event) => setTypedSlug(event.target.value)}
          maxLength={50}
          help="Lower-case letters, digits and hyphens. API clients use it too."
          error={fieldError(state, 'slug')}
        />
        <Combobox
          label="Time zone of charts"
          name="timeZone"
          options={timeZoneOptions()}
          defaultValue="UTC"
          help="Limits always reset by UTC."
          error={fieldError(state, 'timeZone')}
        />
      </FormShell>
    </Dialog>
  );
}
