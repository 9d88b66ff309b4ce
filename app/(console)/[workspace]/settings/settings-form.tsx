'use client';

import { Combobox } from '@/components/ui/combobox';
import { Select } from '@/components/ui/select';
import { MoneyField, TextField } from '@/components/ui/text-field';
import { Textarea } from '@/components/ui/textarea';
import { formatUsd } from '@/lib/core/money';
import type { UsageWindow } from '@/lib/core/time-window';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { PageForm } from '../../../page-form';
import { timeZoneOptions } from '../../time-zone-options';
import { WINDOW_OPTIONS } from '../keys/key-words';
import { SaveNotes } from './save-notes';
import type { Saved } from './saved';
import { useReload, useSave } from './use-save';

export interface GeneralSettings {
  readonly name: string;
  readonly description: string;
  readonly timeZone: string;
  readonly keyPrefix: string;
  readonly defaultLimitNanoUsd: bigint | null;
  readonly defaultLimitWindow: UsageWindow;
  /** ISO 8601, empty: never changed. */
  readonly seenAt: string;
}

type SettingsFormProps = {
  action: (previous: ActionState<Saved>, form: FormData) => Promise<ActionState<Saved>>;
  settings: GeneralSettings;
  defaultPrefix: string;
};

export function SettingsForm(props: SettingsFormProps) {
  const { count, reload } = useReload();
  return <Fields key={count} {...props} onReload={reload} />;
}

function Fields({ action, settings, defaultPrefix, onReload }: SettingsFormProps & { onReload: () => void }) {
  const { state, isPending, version, isAnnounced, save, post } = useSave(action, settings.seenAt, 'Settings saved');
  const hasLimit = settings.defaultLimitNanoUsd !== null;
  return (
    <PageForm form={{ state, isPending, run: save, post }} submitLabel="Save settings">
      <input type="hidden" name="seenAt" value={version} />
      <TextField
        label="Name"
        name="name"
        defaultValue={settings.name}
        maxLength={100}
        error={fieldError(state, 'name')}
      />
      <Textarea
        label="Description"
        labelAside="Optional"
        name="description"
        rows={2}
        defaultValue={settings.description}
        maxLength={500}
        error={fieldError(state, 'description')}
      />
      <Combobox
        label="Time zone of charts and days"
        name="timeZone"
        options={timeZoneOptions()}
        defaultValue={settings.timeZone}
        help="Limits and budgets always reset by UTC."
        error={fieldError(state, 'timeZone')}
      />
      <TextField
        label="Prefix of new keys"
        labelAside="Optional"
        name="keyPrefix"
        isMono
        spellCheck={false}
        placeholder={defaultPrefix}
        defaultValue={settings.keyPrefix}
        maxLength={16}
        suffix="_live_…"
        help="Scanners can find leaked keys by it. Existing keys keep theirs."
        error={fieldError(state, 'keyPrefix')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <MoneyField
          label="Limit proposed for a new key"
          labelAside="Optional"
          name="defaultLimit"
          placeholder="No limit"
          defaultValue={settings.defaultLimitNanoUsd === null ? undefined : formatUsd(settings.defaultLimitNanoUsd)}
          help="Keys made through the API get what the call says."
          error={fieldError(state, 'defaultLimit')}
        />
        <Select
          label="Counted"
          labelAside="In UTC"
          name="defaultWindow"
          options={WINDOW_OPTIONS}
          defaultValue={hasLimit ? settings.defaultLimitWindow : 'month'}
          error={fieldError(state, 'defaultWindow')}
        />
      </div>
      <SaveNotes state={state} onReload={onReload} isAnnounced={isAnnounced} />
    </PageForm>
  );
}
