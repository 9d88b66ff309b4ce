import { expect, it } from 'vitest';
import { placeLabels } from './slider-marks';

it('names stand in one row, but where they would cover each other', () => {
  expect(placeLabels([], 0.2)).toEqual([]);
  expect(placeLabels([0.6, 0.1], 0.2)).toEqual([0, 0]);
  expect(placeLabels([0.5, 0.55, 0.6], 0.2)).toEqual([0, 1, 2]);
  expect(placeLabels([0.7, 0.5, 0.6], 0.15)).toEqual([0, 0, 1]);
});
