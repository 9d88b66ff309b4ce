import { useState } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { useSentText } from '@/components/ui/sent-fields';
import { TextField } from '@/components/ui/text-field';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { slugOf } from '../../reserved-slugs';
import { timeZoneOptions } from '../time-zone-options';

/** Asks for a name; the address follows it until it is typed over, and where no script runs if it is left empty. */
export function WorkspaceFields({ state }: { state: ActionState<unknown> }) {
  const sent = useSentText();
  const [name, setName] = useState(sent('name') ?? '');
  const [typedSlug, setTypedSlug] = useState(sent('slug') || null);
  return (
    <>
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
        value={typedSlug ?? slugOf(name)}
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
    </>
  );
}
