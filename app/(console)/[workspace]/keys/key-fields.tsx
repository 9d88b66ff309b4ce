'use client';

import { useState } from 'react';
import { formatMoney } from '@/components/format/money';
import { formatMoment } from '@/components/format/time';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox } from '@/components/ui/combobox';
import { Select } from '@/components/ui/select';
import { useSentText } from '@/components/ui/sent-fields';
import { MoneyField, TextField } from '@/components/ui/text-field';
import { useIsScripted } from '@/components/ui/use-is-scripted';
import { formatUsd } from '@/lib/core/money';
import { type UsageWindow, windowEnd } from '@/lib/core/time-window';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { KEY_NAME_LENGTH_MAX } from '@/lib/keys/bounds';
import type { KeyRow } from './key-row';
import { WINDOW_OPTIONS } from './key-words';
import { useKeysPlace } from './keys-place';

type FieldProps = {
  state: ActionState<unknown>;
  /** Absent: a new key. */
  row?: KeyRow | undefined;
};

/** Name and owner, side by side. */
export function IdentityFields({ state, row }: FieldProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Name"
        name="name"
        defaultValue={row?.name}
        maxLength={KEY_NAME_LENGTH_MAX}
        spellCheck={false}
        required
        help="What calls with it, such as search-indexer."
        error={fieldError(state, 'name')}
      />
      <OwnerField state={state} row={row} />
    </div>
  );
}

/** A combobox where scripts run; before and without them a field with the browser's own suggestions. */
function OwnerField({ state, row }: FieldProps) {
  const { owners } = useKeysPlace();
  const isScripted = useIsScripted();
  const shared = {
    label: 'Owner',
    labelAside: 'Optional',
    name: 'owner',
    help: 'The team or person who answers for it.',
    error: fieldError(state, 'owner'),
    defaultValue: row?.owner ?? undefined,
  };
  if (!isScripted) {
    return (
      <>
        <TextField {...shared} list="key-owners" maxLength={100} />
        <datalist id="key-owners">
          {owners.map(({ owner }) => (
            <option key={owner} value={owner} />
          ))}
        </datalist>
      </>
    );
  }
  const options = owners.map(({ owner, keys }) => ({
    value: owner,
    label: owner,
    hint: keys === 1 ? '1 key' : `${keys} keys`,
  }));
  const none = { value: '', label: 'No owner' };
  return (
    <Combobox
      {...shared}
      options={row?.owner ? [none, ...options] : options}
      placeholder="Choose or add"
      createLabel={(typed) => `Add owner “${typed}”`}
    />
  );
}

/** How much, per what, and whether spend through own provider keys counts. */
export function LimitFields({ state, row }: FieldProps) {
  const { now, defaultLimit } = useKeysPlace();
  const proposed = row ? row.limitNanoUsd : (defaultLimit?.nanoUsd ?? null);
  const sent = useSentText()('window');
  const before = row?.limitWindow ?? defaultLimit?.window ?? 'month';
  const [window, setWindow] = useState<UsageWindow>(sent === null ? before : readWindow(sent));
  const resetsAt = windowEnd(window, now);
  const spent = row && row.usedNanoUsd > 0n && row.limitWindow === window ? formatMoney(row.usedNanoUsd) : null;
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-4 sm:grid-cols-2">
        <MoneyField
          label="Spend limit"
          labelAside="Optional"
          name="limit"
          placeholder="No limit"
          defaultValue={proposed === null ? undefined : formatUsd(proposed)}
          help={spent ? `${spent} of it is spent already.` : 'Empty is no limit, 0 refuses all spending.'}
          error={fieldError(state, 'limit')}
        />
        <Select
          label="Counted"
          labelAside="In UTC"
          name="window"
          options={WINDOW_OPTIONS}
          value={window}
          onChange={(event) => setWindow(readWindow(event.target.value))}
          help={resetsAt ? `Next reset ${formatMoment(resetsAt, now)}.` : 'Never resets.'}
          error={fieldError(state, 'window')}
        />
      </div>
      <Checkbox
        name="includeByok"
        defaultChecked={row?.includeByokInLimit}
        label="Count spend through own provider keys"
        help="Such requests (BYOK) are recorded apart, and by default do not use up the limit."
      />
    </div>
  );
}

function readWindow(value: string): UsageWindow {
  return WINDOW_OPTIONS.find((option) => option.value === value)?.value ?? 'month';
}

export function TagsField({ state, row }: FieldProps) {
  return (
    <TextField
      label="Tags"
      labelAside="Optional"
      name="tags"
      defaultValue={row?.tags.join(', ')}
      placeholder="batch, eu"
      help="Separate them by commas."
      error={fieldError(state, 'tags')}
    />
  );
}
