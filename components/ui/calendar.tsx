'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addMonths, dayAfterKey, dayWords, monthOf, monthWords, weeksOf } from './calendar-days';
import { joinClasses } from './class-names';
import { IconButton } from './icon-button';

type CalendarProps = {
  /** First and last day that are chosen, as `2026-11-18`. */
  first: string;
  last: string;
  /** The last day that can be chosen. */
  today: string;
  /** Gets both days when the second is chosen, the earlier first. */
  onPick: (first: string, last: string) => void;
};

const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

/** A month of days, of which two clicks choose a range. Arrow keys, Home, End and Page Up and Down move, Enter chooses. */
export function Calendar({ first, last, today, onPick }: CalendarProps) {
  const [start, setStart] = useState<string | null>(null);
  const [focused, setFocused] = useState(last > today ? today : last);
  const [hovered, setHovered] = useState<string | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const isMoving = useRef(false);
  // The focus follows the keys, not the pointer.
  useEffect(() => {
    if (isMoving.current) grid.current?.querySelector<HTMLElement>(`[data-day="${focused}"]`)?.focus();
    isMoving.current = false;
  }, [focused]);
  const end = hovered ?? focused;
  const [from, to] = start === null ? [first, last] : start < end ? [start, end] : [end, start];

  function pick(day: string) {
    setFocused(day);
    if (start === null) return setStart(day);
    setStart(null);
    onPick(start < day ? start : day, start < day ? day : start);
  }
  function move(event: KeyboardEvent) {
    const next = dayAfterKey(event.key, focused);
    if (next === null) return;
    event.preventDefault();
    isMoving.current = true;
    setHovered(null);
    setFocused(next > today ? today : next);
  }
  const month = monthOf(focused);
  return (
    <div className="w-[252px]">
      <div className="flex items-center justify-between pb-1.5 pl-2">
        <span aria-live="polite" className="font-semibold">
          {monthWords(month)}
        </span>
        <span className="flex">
          <IconButton
            label="Previous month"
            icon={<ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />}
            hasTooltip={false}
            onClick={() => setFocused(addMonths(focused, -1))}
          />
          <IconButton
            label="Next month"
            icon={<ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" />}
            hasTooltip={false}
            disabledReason={month === monthOf(today) ? 'The months to come have no usage yet.' : null}
            onClick={() => setFocused(addMonths(focused, 1) > today ? today : addMonths(focused, 1))}
          />
        </span>
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is a table whose cells are chosen.
        role="grid"
        aria-label={monthWords(month)}
        className="w-full table-fixed border-collapse"
        onKeyDown={move}
      >
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th key={weekday} scope="col" className="h-7 text-center text-2xs font-normal text-fg-3">
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onPointerLeave={() => setHovered(null)}>
          {weeksOf(month).map((week) => (
            <tr key={week.find((day) => day !== null)}>
              {week.map((day, weekday) => (
                <td
                  key={WEEKDAYS[weekday]}
                  {...(day === null ? {} : { 'aria-selected': from <= day && day <= to })}
                  className={joinClasses(
                    'h-8 p-0 text-center',
                    day !== null && from <= day && day <= to && 'bg-accent-soft first:rounded-l-md last:rounded-r-md',
                    day === from && 'rounded-l-md',
                    day === to && 'rounded-r-md',
                  )}
                >
                  {day !== null && (
                    <button
                      type="button"
                      data-day={day}
                      aria-label={dayWords(day)}
                      aria-current={day === today ? 'date' : undefined}
                      tabIndex={day === focused ? 0 : -1}
                      disabled={day > today}
                      onClick={() => pick(day)}
                      onPointerEnter={() => start !== null && setHovered(day)}
                      className={joinClasses(
                        'size-full rounded-md text-xs disabled:text-fg-disabled',
                        day === from || day === to ? 'bg-ink font-medium text-on-ink' : 'not-disabled:hover:bg-pressed',
                        day === today && day !== from && day !== to && 'font-semibold',
                      )}
                    >
                      {Number(day.slice(8))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p aria-live="polite" className="px-2 pt-1.5 text-xs text-fg-3">
        {start === null ? 'Choose the first day.' : `From ${dayWords(start)}. Choose the last day.`}
      </p>
    </div>
  );
}
