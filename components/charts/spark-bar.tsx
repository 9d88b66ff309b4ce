type SparkBarProps = {
  /** Oldest first. Null is missing, which is a gap and not zero. */
  values: ReadonlyArray<number | null>;
  /** One sentence: the chart is drawn for the eye only. */
  label: string;
  width?: number | undefined;
  height?: number | undefined;
  /** The last bucket is not over yet. */
  isLastOpen?: boolean | undefined;
  /** Indexes in red. Nothing but an anomaly is red. */
  anomalies?: readonly number[] | undefined;
};

const barHeightMin = 0.75;

/** Bars on their own scale: never compare heights between rows. */
export function SparkBar({
  values,
  label,
  width = 108,
  height = 24,
  isLastOpen = false,
  anomalies = [],
}: SparkBarProps) {
  const step = width / Math.max(1, values.length);
  const barWidth = step > 3.2 ? step - 1.1 : step * 0.61;
  const room = height - 2;
  const top = Math.max(0, ...values.map((value) => value ?? 0));
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
      {values.map((value, index) => {
        if (value === null || value <= 0 || top === 0) return null;
        const barHeight = round(Math.max(barHeightMin, (value / top) * room));
        const isOpen = isLastOpen && index === values.length - 1;
        const isAnomaly = anomalies.includes(index);
        const color = isAnomaly ? 'var(--danger-solid)' : 'var(--qty)';
        const inset = isOpen && !isAnomaly ? 0.4 : 0;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place in the row.
            key={index}
            x={round(index * step + inset)}
            y={round(height - 1 - barHeight)}
            width={round(barWidth - inset)}
            height={barHeight}
            fill={color}
            {...(isOpen && !isAnomaly
              ? { fillOpacity: 0.35, stroke: color, strokeWidth: 0.75, strokeDasharray: '1 1' }
              : {})}
          />
        );
      })}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
