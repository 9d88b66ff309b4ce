import { tickOf } from './bucket-words';
import { AXIS_HEIGHT, AXIS_WIDTH, BAR_GAP, type ChartFrame, PLOT_TOP } from './chart-frame';
import { ChartMarks } from './chart-marks';
import type { Placing } from './paths';
import { formatTick } from './value-words';

/** Of no consequence but for the shape of round corners: the picture is stretched to the width there is. */
const WIDTH = 720;

/** The chart before scripts have come, and without them: the same marks in the same place, which answer no pointer. */
export function StaticChart({ label, drawn, buckets, ticks, height, openBucket, asideWidth }: ChartFrame) {
  const plotHeight = height - PLOT_TOP - AXIS_HEIGHT;
  const count = buckets.bounds.length - 1;
  const step = WIDTH / Math.max(1, count);
  const top = ticks.at(-1) ?? 1;
  const placing: Placing = {
    left: (bucket) => (bucket + BAR_GAP) * step,
    right: (bucket) => (bucket + 1 - BAR_GAP) * step,
    middle: (bucket) => (bucket + 0.5) * step,
    y: (value) => plotHeight * (1 - value / top),
    edge: 0,
  };
  return (
    <div role="img" aria-label={label} className="absolute inset-0 text-2xs text-fg-3">
      {ticks.map((tick) => (
        <div
          key={tick}
          aria-hidden="true"
          className="absolute left-0"
          style={{ top: PLOT_TOP + placing.y(tick), right: asideWidth }}
        >
          <span className="absolute -translate-y-1/2 pr-2 text-right" style={{ width: AXIS_WIDTH }}>
            {formatTick(tick, drawn.unit)}
          </span>
          <i className={`absolute right-0 h-px ${tick === 0 ? 'bg-axis' : 'bg-grid'}`} style={{ left: AXIS_WIDTH }} />
        </div>
      ))}
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${WIDTH} ${plotHeight}`}
        preserveAspectRatio="none"
        className="absolute"
        style={{
          left: AXIS_WIDTH,
          top: PLOT_TOP,
          width: `calc(100% - ${AXIS_WIDTH + asideWidth}px)`,
          height: plotHeight,
        }}
      >
        <ChartMarks drawn={drawn} placing={placing} openBucket={openBucket} id="static-gap" />
      </svg>
      {count > 0 && (
        <div
          aria-hidden="true"
          className="absolute bottom-1 flex justify-between"
          style={{ left: AXIS_WIDTH, right: asideWidth }}
        >
          <span>{tickOf(0, buckets)}</span>
          <span>{count > 1 && tickOf(count - 1, buckets)}</span>
        </div>
      )}
    </div>
  );
}
