import { joinClasses } from './class-names';

export type MeterTone = 'normal' | 'warn' | 'danger' | 'accent';

/** Grey below 80%, amber from 80%, red from 100%. */
export function meterToneOf(fraction: number): MeterTone {
  if (fraction >= 1) return 'danger';
  return fraction >= 0.8 ? 'warn' : 'normal';
}

type MeterProps = {
  /** What is measured, such as "Monthly limit of billing-worker". */
  label: string;
  /** What a reader hears instead of a bare percent, such as "$304.58 of $350". */
  valueText: string;
  /** Parts of the whole, where 1 is the limit. What does not fit is cut off. */
  spent: number;
  held?: number | undefined;
  forecast?: number | undefined;
  size?: 4 | 6 | 8 | 12 | undefined;
  tone?: MeterTone | undefined;
};

function toShare(fraction: number, room: number): number {
  return Math.max(0, Math.min(Number.isFinite(fraction) ? fraction : 1, room));
}

/** How full something is: spent, then held (hatched), then forecast (light hatch). */
export function Meter({
  label,
  valueText,
  spent,
  held = 0,
  forecast = 0,
  size = 6,
  tone = meterToneOf(spent),
}: MeterProps) {
  const spentShare = toShare(spent, 1);
  const heldShare = toShare(held, 1 - spentShare);
  const forecastShare = toShare(forecast, 1 - spentShare - heldShare);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the browser's own meter has one part, this one three.
    <div
      className="meter"
      data-size={size}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(spentShare * 100)}
      aria-valuetext={valueText}
    >
      {spentShare > 0 && <i data-tone={tone} style={{ width: `${spentShare * 100}%` }} />}
      {heldShare > 0 && <i data-part="held" style={{ width: `${heldShare * 100}%` }} />}
      {forecastShare > 0 && <i data-part="forecast" style={{ width: `${forecastShare * 100}%` }} />}
    </div>
  );
}

const figureTones: Record<MeterTone, string> = {
  normal: '',
  accent: '',
  warn: 'font-medium text-warn-fg',
  danger: 'font-medium text-danger-fg',
};

/** A figure in the tone of its meter, so that both alarm at the same point. */
export function MeterFigure({ tone, children, className }: { tone: MeterTone; children: string; className?: string }) {
  return <span className={joinClasses(figureTones[tone], className)}>{children}</span>;
}
