import { type ChartLevel, type ChartUnit, toDrawn } from './chart-data';
import { AXIS_HEIGHT, AXIS_WIDTH, type ChartFrame, PLOT_TOP } from './chart-frame';
import { spreadHeights } from './scale';

/** Pixels: how far names have to be apart, how wide a letter is, and what stands before a name. */
const NAME_HEIGHT = 15;
const LETTER_WIDTH = 6.3;
const NAME_GAP = 6;

/** Pixels that the names of levels take at the right. */
export function widthOfLevels(levels: readonly ChartLevel[]): number {
  if (levels.length === 0) return 0;
  return Math.ceil(Math.max(...levels.map(({ label }) => label.length)) * LETTER_WIDTH) + NAME_GAP;
}

const TONES: Readonly<Record<ChartLevel['tone'], { line: string; name: string }>> = {
  danger: { line: 'bg-danger', name: 'text-danger-fg' },
  accent: { line: 'bg-accent', name: 'text-accent' },
  word: { line: '', name: 'text-fg-2' },
};

type ChartLevelsProps = { levels: readonly ChartLevel[]; unit: ChartUnit; frame: ChartFrame };

/** Lines over the whole plot, each with its name at the right, where names don't cover each other. */
export function ChartLevels({ levels, unit, frame: { height, ticks, asideWidth } }: ChartLevelsProps) {
  const plotHeight = height - PLOT_TOP - AXIS_HEIGHT;
  const top = ticks.at(-1) ?? 1;
  const heights = levels.map(({ value }) => PLOT_TOP + plotHeight * (1 - (toDrawn(value, unit) ?? 0) / top));
  const names = spreadHeights(heights, NAME_HEIGHT, PLOT_TOP, PLOT_TOP + plotHeight);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 text-2xs">
      {levels.map(({ id, label, tone }, index) => (
        <div key={id}>
          {tone !== 'word' && (
            <i
              className={`absolute h-[1.5px] forced-color-adjust-none ${TONES[tone].line}`}
              style={{ top: Math.round(heights[index] ?? 0) - 1, left: AXIS_WIDTH, right: asideWidth }}
            />
          )}
          <span
            className={`absolute -translate-y-1/2 whitespace-nowrap ${TONES[tone].name}`}
            style={{ top: names[index], left: `calc(100% - ${asideWidth - NAME_GAP}px)` }}
          >
            {label}
          </span>
        </div>
      ))}
    </div>
  );
}
