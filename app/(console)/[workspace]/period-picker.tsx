'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { formatPeriod, zonedPartsOf } from '@/components/format/time';
import { DateRangePicker } from '@/components/ui/date-range-picker';
import { nameOfRange, type PeriodName, PRESETS, type Preset } from '@/lib/analytics/period';
import { PRESET_LABELS, presetHints, withPeriod } from './period-params';

type PeriodPickerProps = {
  name: PeriodName;
  from: Date;
  /** Exclusive. */
  to: Date;
  zone: string;
  now: Date;
  /** The period of an address that names none. */
  fallback: Preset;
};

/** Chooses the period of the page that it stands on; the rest of the address stays. */
export function PeriodPicker({ name, from, to, zone, now, fallback }: PeriodPickerProps) {
  const path = usePathname();
  const query = useSearchParams().toString();
  const router = useRouter();
  const hrefOf = (next: PeriodName) => {
    const text = withPeriod(query, next, fallback);
    return text === '' ? path : `${path}?${text}`;
  };
  const hints = presetHints(zone, now);
  return (
    <DateRangePicker
      words={formatPeriod(from, to, zone)}
      presets={PRESETS.map((preset) => ({
        label: PRESET_LABELS[preset],
        hint: hints[preset],
        href: hrefOf({ kind: 'preset', preset }),
        isCurrent: name.kind === 'preset' && name.preset === preset,
      }))}
      first={dayOf(from, zone)}
      last={dayOf(new Date(to.getTime() - 1), zone)}
      today={dayOf(now, zone)}
      zoneNote={`Days are ${zone}.`}
      onPick={(first, last) => router.push(hrefOf({ kind: 'custom', from: first, to: last }))}
    />
  );
}

function dayOf(at: Date, zone: string): string {
  const { year, month, day } = zonedPartsOf(at, zone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Goes to a range that was dragged over in a chart. Back leads to where it was. */
export function useZoom(zone: string, fallback: Preset): (from: Date, to: Date) => void {
  const path = usePathname();
  const query = useSearchParams().toString();
  const router = useRouter();
  return (from, to) => router.push(`${path}?${withPeriod(query, nameOfRange({ from, to }, zone), fallback)}`);
}
