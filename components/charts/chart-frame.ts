import type { ChartBuckets } from './chart-data';
import type { Drawn } from './drawn-series';

/** What is drawn and by whom: the server's picture and the one that answers the pointer take up the same room. */
export interface ChartFrame {
  /** One sentence that says what the chart shows. */
  readonly label: string;
  readonly drawn: Drawn;
  readonly buckets: ChartBuckets;
  readonly ticks: readonly number[];
  /** Pixels. */
  readonly height: number;
  readonly openBucket: number | null;
  /** Pixels at the right that are kept for the names of levels. */
  readonly asideWidth: number;
}

/** Pixels around the plot: the axis' words at the left and below. */
export const AXIS_WIDTH = 44;
export const AXIS_HEIGHT = 24;
export const PLOT_TOP = 8;
/** Of a bucket's width, at either side of its bar. */
export const BAR_GAP = 0.13;
