import { joinClasses } from './class-names';
import { Link } from './link';
import { Spinner } from './spinner';

export type BooksState = 'balanced' | 'checking' | 'stale' | 'off' | 'none';

const looks: Record<Exclude<BooksState, 'checking'>, { fill: string; text: string }> = {
  balanced: { fill: 'var(--ok-solid)', text: 'text-fg-2' },
  stale: { fill: 'var(--warn-solid)', text: 'text-warn-fg' },
  off: { fill: 'var(--danger-solid)', text: 'bg-danger-soft text-danger-fg' },
  none: { fill: 'var(--qty)', text: 'text-fg-2' },
};

/** An equals sign when sums tie, a struck one when they don't. */
export function BooksMark({ state, size = 16 }: { state: BooksState; size?: number }) {
  if (state === 'checking') {
    return (
      <span className="grid flex-none place-items-center text-fg-3" style={{ width: size, height: size }}>
        <Spinner size={size - 2} />
      </span>
    );
  }
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="flex-none forced-color-adjust-none"
    >
      <rect width="16" height="16" rx="4.5" fill={looks[state].fill} />
      <path
        d={state === 'off' ? 'M4.6 6.2h6.8M4.6 9.8h6.8M10 3.6 6 12.4' : 'M4.6 6.2h6.8M4.6 9.8h6.8'}
        stroke="var(--surface)"
        strokeWidth={state === 'off' ? 1.5 : 1.7}
        strokeLinecap="round"
      />
    </svg>
  );
}

/** Whether everything recorded adds up; it leads to the proof. In a collapsed sidebar only the mark is seen. */
export function BooksBadge({
  state,
  label,
  aside,
  href,
  title,
}: {
  state: BooksState;
  label: string;
  aside?: string | undefined;
  href: string;
  title?: string | undefined;
}) {
  const text = state === 'checking' ? 'text-fg-2' : looks[state].text;
  return (
    <Link
      href={href}
      title={title ?? label}
      className={joinClasses(
        'flex min-h-[34px] items-center gap-[9px] rounded-md px-[9px] py-[7px] hover:bg-hover sidebar-collapsed:justify-center sidebar-collapsed:px-0',
        text,
      )}
    >
      <BooksMark state={state} />
      <span className="min-w-0 flex-1 truncate sidebar-collapsed:sr-only">{label}</span>
      {aside && <span className="text-xs opacity-85 sidebar-collapsed:hidden">{aside}</span>}
    </Link>
  );
}
