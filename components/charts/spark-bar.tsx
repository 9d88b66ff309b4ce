type SparkBarProps = {
  /** Oldest first. Null is missing, which is a gap and not zero. */
  values: ReadonlyArray<number | null>;
  /** One sentence: the chart is drawn for the eye only. */
  label: string;
  width?: number | undefined;
  height?: number | undefined;
  /** The last bucket is not over yet. */
  isLastOpen?: boolean | undefined;
};

const barHeightMin = 0.75;
/** So much narrower is a bar that is drawn with a line around it. */
const openInset = 0.4;

/** Bars on their own scale: never compare heights between rows. A table has hundreds of bars, so a row's are one shape. */
export function SparkBar({ values, label, width = 108, height = 24, isLastOpen = false }: SparkBarProps) {
  const step = width / Math.max(1, values.length);
  const barWidth = step > 3.2 ? step - 1.1 : step * 0.61;
  const top = Math.max(0, ...values.map((value) => value ?? 0));
  const barOf = (value: number | null, index: number, inset: number) => {
    if (value === null || value <= 0) return '';
    const barHeight = round(Math.max(barHeightMin, (value / top) * (height - 2)));
    return `M${round(index * step + inset)} ${height - 1}v${-barHeight}h${round(barWidth - inset)}v${barHeight}z`;
  };
  const closed = isLastOpen ? values.slice(0, -1) : values;
  const open = isLastOpen ? barOf(values.at(-1) ?? null, values.length - 1, openInset) : '';
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      className="block flex-none forced-color-adjust-none"
    >
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--border)" />
      <path d={closed.map((value, index) => barOf(value, index, 0)).join('')} fill="var(--qty)" />
      {open && (
        <path
          d={open}
          fill="var(--qty)"
          fillOpacity={0.35}
          stroke="var(--qty)"
          strokeWidth={0.75}
          strokeDasharray="1 1"
        />
      )}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
