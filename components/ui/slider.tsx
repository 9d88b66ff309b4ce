import type { CSSProperties } from 'react';
import { placeLabels } from './slider-marks';

/** An amount that matters, at its place on the rule. */
export interface SliderMark {
  readonly id: string;
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly onChoose: () => void;
}

type SliderProps = {
  label: string;
  /** Steps from 0 on. */
  max: number;
  value: number;
  /** What the value means. */
  valueText: string;
  onChange: (value: number) => void;
  marks: readonly SliderMark[];
};

/** Shares of the width that a mark's name takes up: on a phone, and on a wide screen. */
const NAME_SHARE = 0.36;
const NAME_SHARE_WIDE = 0.2;

/** A value along a rule, by pointer and arrow keys. Its marks are buttons under their places. */
export function Slider({ label, max, value, valueText, onChange, marks }: SliderProps) {
  const shares = marks.map(({ share }) => share);
  const rows = placeLabels(shares, NAME_SHARE);
  const wideRows = placeLabels(shares, NAME_SHARE_WIDE);
  const sizes = { '--rows': Math.max(0, ...rows) + 1, '--rows-wide': Math.max(0, ...wideRows) + 1 } as CSSProperties;
  return (
    <div
      style={marks.length > 0 ? sizes : undefined}
      className={
        marks.length > 0 ? 'relative pb-[calc(var(--rows)*36px)] md:pb-[calc(var(--rows-wide)*24px+2px)]' : 'relative'
      }
    >
      {marks.map(({ id, share }) => (
        <i
          key={id}
          aria-hidden="true"
          className="absolute top-1 h-4 w-0.5 -translate-x-1/2 bg-fg-2 forced-color-adjust-none"
          style={{ left: placeOf(share) }}
        />
      ))}
      <input
        type="range"
        aria-label={label}
        min={0}
        max={max}
        step={1}
        value={value}
        aria-valuetext={valueText}
        onChange={(event) => onChange(Number(event.target.value))}
        className="slider relative"
        style={{ '--share': max === 0 ? 0 : value / max } as CSSProperties}
      />
      {marks.map(({ id, label: name, share, onChoose }, index) => (
        <button
          key={id}
          type="button"
          onClick={onChoose}
          style={
            {
              left: placeOf(share),
              translate: `${-Math.min(1, Math.max(0, share)) * 100}%`,
              '--row': rows[index] ?? 0,
              '--row-wide': wideRows[index] ?? 0,
            } as CSSProperties
          }
          className="absolute top-[calc(24px+var(--row)*36px)] flex h-9 items-center rounded-xs px-1 text-xs whitespace-nowrap text-fg-2 hover:text-fg hover:underline md:top-[calc(26px+var(--row-wide)*24px)] md:h-6"
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** Where the thumb's middle is, which is 20 wide and stays inside. */
function placeOf(share: number): string {
  return `calc(10px + ${Math.min(1, Math.max(0, share))} * (100% - 20px))`;
}
