'use client';

import { useState } from 'react';
import { DateRangePicker } from '@/components/ui/date-range-picker';
import { Field } from '@/components/ui/field';
import { TextField } from '@/components/ui/text-field';
import { useIsScripted } from '@/components/ui/use-is-scripted';
import { PRESETS, resolvePeriod } from '@/lib/analytics/period';
import { wallTime } from '@/lib/core/zone';
import { PRESET_LABELS, presetHints } from '../period-params';
import { type ExportsParams, exportsHref } from './exports-params';
import { daysWords } from './exports-words';

/** A file is of whole days. */
const DAY_PRESETS = PRESETS.filter((preset) => preset !== '24h');

type Days = { first: string; last: string };

type ExportDaysProps = {
  slug: string;
  params: ExportsParams;
  days: Days;
  zone: string;
  now: Date;
  onAsk: (change: Partial<ExportsParams>) => void;
};

/** The first and the last day of a file: in a calendar, and where no script runs in the browser's own fields. */
export function ExportDays({ slug, params, days, zone, now, onAsk }: ExportDaysProps) {
  const isScripted = useIsScripted();
  const [chosen, setChosen] = useState(days);
  const today = dayOf(now.getTime(), zone);
  if (!isScripted) {
    return (
      <div className="grid grid-cols-2 gap-3">
        <TextField label="From" name="from" type="date" required max={today} defaultValue={days.first} />
        <TextField label="To, inclusive" name="to" type="date" required max={today} defaultValue={days.last} />
      </div>
    );
  }
  function choose(next: Days) {
    setChosen(next);
    onAsk({ days: next });
  }
  const hints = presetHints(zone, now);
  return (
    <Field id="days" label="Days" isGroup>
      <input type="hidden" name="from" value={chosen.first} />
      <input type="hidden" name="to" value={chosen.last} />
      <DateRangePicker
        isField
        words={daysWords(chosen)}
        presets={DAY_PRESETS.map((preset) => {
          const { from, to } = resolvePeriod({ kind: 'preset', preset }, zone, now);
          const of = { first: dayOf(from.getTime(), zone), last: dayOf(to.getTime() - 1, zone) };
          return {
            label: PRESET_LABELS[preset],
            hint: hints[preset],
            href: exportsHref(slug, { ...params, days: of, page: 1 }),
            isCurrent: of.first === chosen.first && of.last === chosen.last,
            onFollow: () => choose(of),
          };
        })}
        first={chosen.first}
        last={chosen.last}
        today={today}
        zoneNote={`Days are ${zone}.`}
        onPick={(first, last) => choose({ first, last })}
      />
    </Field>
  );
}

/** `2026-11-18`, of the zone. */
function dayOf(at: number, zone: string): string {
  return new Date(wallTime(zone, at)).toISOString().slice(0, 10);
}
