'use client';

import { CalendarDays, Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button';
import { Calendar } from './calendar';
import { joinClasses } from './class-names';
import { Link } from './link';
import { Popover } from './popover';

export type DateRangePreset = {
  label: string;
  /** Its days, such as "1–18 Nov". */
  hint: string;
  href: string;
  isCurrent: boolean;
  onFollow?: (() => void) | undefined;
};

type DateRangePickerProps = {
  /** What is shown now: "1–18 Nov 2026". */
  words: string;
  presets: readonly DateRangePreset[];
  /** The days that are shown now, as `2026-11-18`. */
  first: string;
  last: string;
  today: string;
  /** Whose days they are: "Days are UTC". */
  zoneNote: string;
  onPick: (first: string, last: string) => void;
  /** As wide and as high as the fields of a form. */
  isField?: boolean | undefined;
};

/** A period by name, or from one day to another. The URL holds it: presets are links. */
export function DateRangePicker(props: DateRangePickerProps) {
  const { words, presets, first, last, today, zoneNote, onPick, isField = false } = props;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      label="Period"
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button
          size={isField ? 'md' : 'sm'}
          isFullWidth={isField}
          className={
            isField
              ? 'justify-start! border-line-control! font-normal! max-md:h-11! max-md:text-md! [&>span]:flex-1 [&>span]:text-left'
              : ''
          }
          aria-label={`Period: ${words}`}
          icon={<CalendarDays size={14} strokeWidth={1.9} aria-hidden="true" />}
          trailingIcon={<ChevronDown size={14} strokeWidth={1.9} aria-hidden="true" />}
        >
          {words}
        </Button>
      }
    >
      <div className="flex max-md:flex-col">
        <ul className="flex min-w-[208px] flex-col gap-px md:border-r md:border-line md:pr-[5px] max-md:border-b max-md:border-line max-md:pb-[5px]">
          {presets.map(({ label, hint, href, isCurrent, onFollow }) => (
            <li key={label}>
              <Link
                href={href}
                aria-current={isCurrent ? 'true' : undefined}
                onClick={() => {
                  setIsOpen(false);
                  onFollow?.();
                }}
                className={joinClasses(
                  'flex min-h-8 items-center gap-2 rounded-sm px-2 hover:bg-hover max-md:min-h-11 -outline-offset-2!',
                  isCurrent && 'font-medium',
                )}
              >
                <span className="grid w-3.5 flex-none place-items-center">
                  {isCurrent && <Check size={14} strokeWidth={1.9} aria-hidden="true" />}
                </span>
                <span className="flex-1">{label}</span>
                <span className="pl-4 text-xs font-normal text-fg-3">{hint}</span>
              </Link>
            </li>
          ))}
        </ul>
        <div className="p-2 md:pl-3">
          <Calendar
            first={first}
            last={last}
            today={today}
            onPick={(from, to) => {
              setIsOpen(false);
              onPick(from, to);
            }}
          />
          <p className="mt-2 border-t border-line px-2 pt-2 text-xs text-fg-3">{zoneNote}</p>
        </div>
      </div>
    </Popover>
  );
}
