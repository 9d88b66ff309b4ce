'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Tooltip,
  useActiveTooltipLabel,
  useIsTooltipActive,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
  ZIndexLayer,
} from 'recharts';
import { LABEL_STEPS, labelWidthOf, tickOf } from './bucket-words';
import { AXIS_HEIGHT, AXIS_WIDTH, BAR_GAP, type ChartFrame, PLOT_TOP } from './chart-frame';
import { ChartMarks } from './chart-marks';
import { ChartTooltip, type TooltipData } from './chart-tooltip';
import type { Placing } from './paths';
import { labelledBuckets } from './scale';
import { describeSelection, type Selection, useSelection } from './selection';
import { StaticChart } from './static-chart';
import { formatTick } from './value-words';

export type DrawnChartProps = {
  frame: ChartFrame;
  data: TooltipData;
  /** Charts of the same name share one cursor. */
  syncId?: string | undefined;
  onZoom?: ((from: Date, to: Date) => void) | undefined;
  onOpen?: ((bucket: number) => void) | undefined;
};

/** Layers from behind to the front; recharts' own lie between 500 (axes) and 2000 (labels). */
const LAYERS = { cursor: 50, marks: 300, selection: 1100 };

/** The chart that answers pointer and keyboard. It is loaded apart: only pages with charts pay for it. */
export function DrawnChart({ frame, data, syncId, onZoom, onOpen }: DrawnChartProps) {
  const { label, buckets, ticks, height, drawn, asideWidth } = frame;
  const { bounds, granularity } = buckets;
  const count = bounds.length - 1;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [isDrawn, setIsDrawn] = useState(false);
  const active = useRef<number | null>(null);
  const hintId = useId();
  const widthPerBucket = ((width ?? 0) - AXIS_WIDTH - asideWidth) / Math.max(1, count);
  // Asked of the pointer's own place: recharts tells of its moves a frame late.
  const bucketAt = (clientX: number) => {
    const plotLeft = (box.current?.getBoundingClientRect().left ?? 0) + AXIS_WIDTH;
    return Math.min(count - 1, Math.max(0, Math.floor((clientX - plotLeft) / widthPerBucket)));
  };
  const selection = useSelection(onZoom && ((first, last) => zoomTo(onZoom, bounds, first, last)), bucketAt);
  const labelled = labelledBuckets(count, widthPerBucket, labelWidthOf(buckets), LABEL_STEPS[granularity]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key.startsWith('Arrow')) {
      // The chart has been told to move on, but has not drawn itself anew: this is still where it was.
      if (event.shiftKey) selection.begin(active.current, true);
      else selection.clear();
    } else if (event.key === 'Escape') selection.clear();
    else if (event.key === 'Enter' && !selection.finish() && active.current !== null) onOpen?.(active.current);
  }
  function onPointerDown({ button, pointerType, clientX, clientY, currentTarget }: PointerEvent) {
    const { left, top } = currentTarget.getBoundingClientRect();
    const isInPlot = clientX >= left + AXIS_WIDTH && clientY <= top + height - AXIS_HEIGHT;
    if (button === 0 && pointerType !== 'touch' && isInPlot && count > 0) selection.begin(bucketAt(clientX), false);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the chart inside, which has the role and the focus.
    <div ref={box} className="absolute inset-0 select-none" onKeyDown={onKeyDown} onPointerDown={onPointerDown}>
      {!isDrawn && <StaticChart {...frame} />}
      <p id={hintId} className="sr-only">
        {`Arrow keys move from one ${granularity} to the next.${onZoom ? ' With Shift they select; Enter then zooms in.' : ''}${onOpen ? ' Enter opens.' : ''}`}
      </p>
      {width !== null && (
        <ComposedChart
          width={width}
          height={height}
          data={bounds.slice(1).map((_, bucket) => ({ bucket, top: drawn.top }))}
          margin={{ top: PLOT_TOP, right: asideWidth, bottom: 0, left: 0 }}
          barCategoryGap={`${BAR_GAP * 100}%`}
          accessibilityLayer
          aria-label={label}
          aria-roledescription="chart"
          aria-describedby={hintId}
          {...(syncId === undefined ? {} : { syncId, syncMethod: 'index' as const })}
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <YAxis
            width={AXIS_WIDTH}
            domain={[0, ticks.at(-1) ?? 1]}
            ticks={[...ticks]}
            interval={0}
            axisLine={false}
            tickLine={false}
            tick={({ y, payload }) => (
              <text x={AXIS_WIDTH - 8} y={y} dy="0.33em" textAnchor="end" className="fill-fg-3 text-2xs">
                {formatTick(Number(payload.value), drawn.unit)}
              </text>
            )}
          />
          <XAxis
            dataKey="bucket"
            height={AXIS_HEIGHT}
            ticks={labelled}
            interval={0}
            axisLine={{ stroke: 'var(--chart-axis)' }}
            tickLine={false}
            tick={({ x, y, payload }) => (
              <BucketLabel
                x={Number(x)}
                y={Number(y)}
                isLast={payload.value === count - 1}
                isOpen={payload.value === frame.openBucket}
                text={tickOf(Number(payload.value), buckets)}
                room={widthPerBucket / 2}
              />
            )}
          />
          {/* Nothing is seen of it: it gives each bucket a band of its own, and the tooltip something to speak of. */}
          <Bar dataKey="top" isAnimationActive={false} shape={() => null} />
          <Marks frame={frame} count={count} onDrawn={() => setIsDrawn(true)} />
          <Cursor onMove={(bucket) => moveTo(bucket, active, selection)} />
          <SelectionBand selection={selection.range} text={describeSelection(selection.range, buckets)} />
          <Tooltip
            cursor={false}
            isAnimationActive={false}
            filterNull={false}
            position={{ y: 0 }}
            offset={14}
            allowEscapeViewBox={{ x: false, y: true }}
            wrapperStyle={{ zIndex: 'var(--z-popover)', outline: 'none' }}
            content={({ active: isActive, label: at }) =>
              isActive && at !== undefined ? <ChartTooltip data={data} bucket={Number(at)} /> : null
            }
          />
        </ComposedChart>
      )}
      <span aria-live="polite" className="sr-only">
        {selection.range && `${describeSelection(selection.range, buckets)} selected. Press Enter to zoom in.`}
      </span>
    </div>
  );
}

function zoomTo(onZoom: (from: Date, to: Date) => void, bounds: readonly Date[], first: number, last: number) {
  const [from, to] = [bounds[first], bounds[last + 1]];
  if (from && to) onZoom(from, to);
}

function moveTo(bucket: number | null, active: { current: number | null }, selection: ReturnType<typeof useSelection>) {
  active.current = bucket;
  selection.extendByKeys(bucket);
}

/** The width of an element as it is now. NULL before the first look. */
function useWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => setWidth(Math.floor(current.getBoundingClientRect().width));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

type BucketLabelProps = { x: number; y: number; isLast: boolean; isOpen: boolean; text: string; room: number };

/** The last label stays inside the chart where its bucket is narrower than its words. */
function BucketLabel({ x, y, isLast, isOpen, text, room }: BucketLabelProps) {
  const isHeldBack = isLast && text.length * 3 > room;
  return (
    <text
      x={isHeldBack ? x + room : x}
      y={y + 10}
      textAnchor={isHeldBack ? 'end' : 'middle'}
      className={`text-2xs ${isOpen ? 'fill-fg-2 font-medium' : 'fill-fg-3'}`}
    >
      {text}
    </text>
  );
}

function Marks({ frame, count, onDrawn }: { frame: ChartFrame; count: number; onDrawn: () => void }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const id = useId();
  const isReady = Boolean(x && y);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the axes are known.
  useEffect(() => {
    if (isReady) onDrawn();
  }, [isReady]);
  if (!x || !y || count === 0) return null;
  const start = x(0, { position: 'start' }) ?? 0;
  const step = ((x(count - 1, { position: 'end' }) ?? 0) - start) / count;
  const placing: Placing = {
    left: (bucket) => start + (bucket + BAR_GAP) * step,
    right: (bucket) => start + (bucket + 1 - BAR_GAP) * step,
    middle: (bucket) => start + (bucket + 0.5) * step,
    y: (value) => y(value) ?? 0,
    edge: start,
  };
  return (
    <ZIndexLayer zIndex={LAYERS.marks}>
      <ChartMarks drawn={frame.drawn} placing={placing} openBucket={frame.openBucket} id={id} />
    </ZIndexLayer>
  );
}

/** The bucket under the pointer or the focus, also where it is over another chart of the page. */
function Cursor({ onMove }: { onMove: (bucket: number | null) => void }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const isActive = useIsTooltipActive();
  const label = useActiveTooltipLabel();
  const bucket = isActive && label !== undefined ? Number(label) : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the bucket changes.
  useEffect(() => onMove(bucket), [bucket]);
  if (bucket === null || !x || !y) return null;
  const [start, end] = [x(bucket, { position: 'start' }) ?? 0, x(bucket, { position: 'end' }) ?? 0];
  return (
    <ZIndexLayer zIndex={LAYERS.cursor}>
      <rect x={start} y={0} width={Math.max(1, end - start)} height={y(0) ?? 0} fill="var(--surface-hover)" />
    </ZIndexLayer>
  );
}

function SelectionBand({ selection, text }: { selection: Selection | null; text: string }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!selection || !x || !y) return null;
  const start = x(selection.first, { position: 'start' }) ?? 0;
  const width = (x(selection.last, { position: 'end' }) ?? 0) - start;
  return (
    <ZIndexLayer zIndex={LAYERS.selection}>
      <rect
        x={start}
        y={0}
        width={width}
        height={y(0) ?? 0}
        fill="var(--accent)"
        fillOpacity={0.14}
        stroke="var(--accent)"
        strokeWidth={1}
      />
      <text x={start + width / 2} y={18} textAnchor="middle" className="fill-accent text-2xs font-medium">
        {width > text.length * 6 ? text : ''}
      </text>
    </ZIndexLayer>
  );
}
