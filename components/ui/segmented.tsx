import type { ChangeEventHandler, ReactNode } from 'react';
import { joinClasses } from './class-names';
import { Link } from './link';

const track = 'inline-flex gap-0.5 rounded-md bg-pressed p-0.5';
const item =
  'inline-flex items-center justify-center gap-1.5 rounded-sm text-xs font-medium whitespace-nowrap text-fg-2 transition-colors duration-fast hover:text-fg';
const current =
  'bg-surface text-fg shadow-[0_0_0_1px_var(--border),var(--shadow-xs)] dark:bg-overlay dark:shadow-[0_0_0_1px_var(--border-strong)] forced-colors:border';
const sizes = { sm: 'h-6 px-2 max-md:h-9 max-md:px-3', md: 'h-7 px-2.5 max-md:h-10 max-md:px-3' };

type Shared = { label: string; size?: 'sm' | 'md' | undefined; isFullWidth?: boolean | undefined };

type SegmentedProps = Shared & {
  name: string;
  options: ReadonlyArray<{ value: string; label: ReactNode }>;
  defaultValue?: string | undefined;
  value?: string | undefined;
  onChange?: ChangeEventHandler<HTMLInputElement> | undefined;
};

/** Two to five exclusive choices in a form or on the spot. More become a select. */
export function Segmented({
  label,
  name,
  options,
  defaultValue,
  value,
  onChange,
  size = 'md',
  isFullWidth,
}: SegmentedProps) {
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={joinClasses(track, isFullWidth ? 'w-full' : 'w-fit max-w-full')}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={joinClasses(
            item,
            sizes[size],
            isFullWidth && 'min-w-0 flex-1',
            'has-checked:bg-surface has-checked:text-fg has-checked:shadow-[0_0_0_1px_var(--border),var(--shadow-xs)] dark:has-checked:bg-overlay dark:has-checked:shadow-[0_0_0_1px_var(--border-strong)] forced-colors:has-checked:border has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            onChange={onChange}
            {...(value === undefined
              ? { defaultChecked: option.value === defaultValue }
              : { checked: option.value === value, readOnly: !onChange })}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

/** The same look for views that live in the URL. */
export function SegmentedLinks({
  label,
  options,
  size = 'sm',
  isFullWidth,
}: Shared & { options: ReadonlyArray<{ label: ReactNode; href: string; isCurrent: boolean }> }) {
  return (
    <nav aria-label={label} className={joinClasses(track, isFullWidth ? 'w-full' : 'w-fit max-w-full')}>
      {options.map((option) => (
        <Link
          key={option.href}
          href={option.href}
          aria-current={option.isCurrent ? 'true' : undefined}
          className={joinClasses(item, sizes[size], option.isCurrent && current, isFullWidth && 'flex-1')}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  );
}
