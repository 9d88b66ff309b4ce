'use client';

import { useState } from 'react';
import { formatDate } from '@/components/format/time';
import { Select } from '@/components/ui/select';
import { useSentText } from '@/components/ui/sent-fields';
import { TextField } from '@/components/ui/text-field';
import { utcDate } from '@/lib/core/time-window';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { EXPIRY_DAYS, EXPIRY_ON_DATE, expiryInDays, NO_EXPIRY } from './expiry-choices';
import { useKeysPlace } from './keys-place';

/** Presets, or a day. The day's field follows the choice by CSS, so it also does without scripts. */
export function ExpiryField({ state }: { state: ActionState<unknown> }) {
  const { now } = useKeysPlace();
  const [choice, setChoice] = useState(useSentText()('expires') ?? NO_EXPIRY);
  const options = [
    { value: NO_EXPIRY, label: 'Never' },
    ...EXPIRY_DAYS.map((days) => ({
      value: String(days),
      label: `In ${days === 365 ? '1 year' : `${days} days`}, ${formatDate(expiryInDays(days, now))}`,
    })),
    { value: EXPIRY_ON_DATE, label: 'On a day…' },
  ];
  return (
    <div className="flex flex-col gap-3 not-has-[option[value=date]:checked]:[&>.expiry-day]:hidden">
      <Select
        label="Expires"
        name="expires"
        options={options}
        value={choice}
        onChange={(event) => setChoice(event.target.value)}
        help={choice === NO_EXPIRY ? 'Until it is disabled or deleted.' : 'Refuses from 00:00 UTC of that day on.'}
        error={fieldError(state, 'expires')}
      />
      <div className="expiry-day">
        <TextField
          label="Day"
          name="expiresOn"
          type="date"
          min={utcDate(expiryInDays(1, now))}
          error={fieldError(state, 'expiresOn') ?? fieldError(state, 'expiresAt')}
        />
      </div>
    </div>
  );
}
