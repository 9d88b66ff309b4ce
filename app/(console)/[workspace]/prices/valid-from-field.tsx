'use client';

import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { utcDate } from '@/lib/core/time-window';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { usePricesPlace } from './prices-place';

/** From now, or from a day. The day's field follows the choice by CSS. */
export function ValidFromField({ state }: { state: ActionState<unknown> }) {
  const { now } = usePricesPlace();
  return (
    <div className="grid gap-4 not-has-[option[value=day]:checked]:[&>.valid-from-day]:hidden sm:grid-cols-2">
      <Select
        label="Valid from"
        name="from"
        defaultValue="now"
        options={[
          { value: 'now', label: 'Now' },
          { value: 'day', label: 'A day…' },
        ]}
        help="Until the next price of the same name."
        error={fieldError(state, 'from')}
      />
      <div className="valid-from-day">
        <TextField
          label="Day"
          labelAside="00:00 UTC"
          name="day"
          type="date"
          min="1970-01-01"
          defaultValue={utcDate(now)}
          help="An earlier day also prices late and imported usage of then."
          error={fieldError(state, 'day')}
        />
      </div>
    </div>
  );
}
