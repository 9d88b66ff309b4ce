import { X } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { joinClasses } from './class-names';
import { Link } from './link';

export type ChipTone = 'neutral' | 'test' | 'ok' | 'warn' | 'danger' | 'info';

const tones: Record<ChipTone, string> = {
  neutral: 'border-line-strong bg-surface text-fg-2',
  test: 'border-test-line bg-test-soft text-test-fg',
  ok: 'border-ok-line bg-ok-soft text-ok-fg',
  warn: 'border-warn-line bg-warn-soft text-warn-fg',
  danger: 'border-danger-line bg-danger-soft text-danger-fg',
  info: 'border-info-line bg-info-soft text-info-fg',
};

export function Chip({ tone = 'neutral', icon, children }: { tone?: ChipTone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span
      className={joinClasses(
        'inline-flex h-5 items-center gap-[5px] rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** A small number beside a label. Hot numbers ask for attention. */
export function CountBadge({ count, isHot = false, label }: { count: number; isHot?: boolean; label?: string }) {
  return (
    <span
      title={label}
      className={joinClasses(
        'inline-block min-w-[18px] rounded-full px-[5px] text-center text-2xs',
        isHot ? 'bg-danger-soft font-medium text-danger-fg' : 'text-fg-3',
      )}
    >
      {count}
      {label && <span className="sr-only"> {label}</span>}
    </span>
  );
}

type FilterChipProps = { field: string; value: ReactNode } & (
  | { removeHref: string; onFollow?: (event: MouseEvent) => void; onRemove?: never }
  | { onRemove: () => void; onFollow?: never; removeHref?: never }
);

/** One filter of the URL: field, value, remove. */
export function FilterChip({ field, value, removeHref, onFollow, onRemove }: FilterChipProps) {
  const removeClass =
    'grid h-full place-items-center border-l border-line px-1.5 text-fg-3 hover:bg-hover hover:text-fg -outline-offset-2!';
  const removeLabel = `Remove filter ${field}`;
  const cross = <X size={12} strokeWidth={1.9} aria-hidden="true" />;
  return (
    <span className="inline-flex h-7 items-center overflow-hidden rounded-md border border-line-strong bg-surface text-xs whitespace-nowrap max-md:h-9">
      <span className="flex h-full items-center px-2 text-fg-3">{field}</span>
      <span className="flex h-full items-center border-l border-line px-2">{value}</span>
      {removeHref === undefined ? (
        <button type="button" aria-label={removeLabel} onClick={onRemove} className={removeClass}>
          {cross}
        </button>
      ) : (
        <Link
          href={removeHref}
          aria-label={removeLabel}
          className={removeClass}
          {...(onFollow && { onClick: onFollow })}
        >
          {cross}
        </Link>
      )}
    </span>
  );
}
