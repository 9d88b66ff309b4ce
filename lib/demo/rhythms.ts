import type { Rhythm } from './contract';

/** Offices in Europe: little at night and at weekends. */
export const OFFICE: Rhythm = {
  weekdays: [0.12, 1, 1.08, 1.1, 1.04, 0.86, 0.15],
  hours: [1, 1, 1, 1, 1, 2, 5, 14, 30, 40, 42, 38, 28, 36, 40, 38, 30, 18, 9, 6, 5, 4, 2, 1],
};

/** People at home: evenings and weekends, never silent. */
export const CONSUMER: Rhythm = {
  weekdays: [1.12, 0.92, 0.93, 0.95, 0.98, 1.02, 1.18],
  hours: [10, 7, 5, 4, 4, 5, 9, 15, 20, 22, 23, 25, 27, 26, 25, 26, 29, 34, 40, 43, 42, 36, 26, 16],
};

/** Machines that never rest. */
export const STEADY: Rhythm = {
  weekdays: [0.9, 1, 1.03, 1.02, 1, 1.01, 0.92],
  hours: [8, 8, 8, 8, 8, 9, 10, 11, 12, 12, 12, 12, 12, 12, 12, 12, 11, 11, 10, 10, 9, 9, 8, 8],
};

/** Jobs that run while the others sleep. */
export const NIGHTLY: Rhythm = {
  weekdays: [1, 0.95, 1, 1, 1, 1.05, 1],
  hours: [30, 40, 36, 24, 10, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 6, 16],
};
