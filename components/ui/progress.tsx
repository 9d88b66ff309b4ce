import type { ReactNode } from 'react';

type ProgressProps = {
  label: string;
  done: number;
  total: number /** Such as "57 of 92 rows". */;
  detail?: string | undefined;
  cancel?: ReactNode;
};

/** Work that has an end: words first, then the bar. Cancel stands beside it. */
export function Progress({ label, done, total, detail, cancel }: ProgressProps) {
  const fraction = total > 0 ? Math.max(0, Math.min(done / total, 1)) : 0;
  // Not done is never 100%.
  const percent = `${fraction < 1 ? Math.min(99, Math.round(fraction * 100)) : 100}%`;
  return (
    <div aria-live="polite">
      <div className="mb-1 flex items-center justify-between gap-3 text-xs">
        <span className="font-medium">
          {label} {percent}
        </span>
        <span className="flex items-center gap-2 text-fg-3">
          {detail}
          {cancel}
        </span>
      </div>
      <div
        className="meter"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={detail ?? percent}
      >
        <i data-tone="accent" style={{ width: `${fraction * 100}%` }} />
      </div>
    </div>
  );
}
