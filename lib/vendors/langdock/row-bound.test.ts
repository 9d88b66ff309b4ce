import { expect, it } from 'vitest';
import { AppError } from '../../core/errors';
import { langdockEnvelope } from './envelope';
import { assertRowCount } from './row-bound';

function answerOf(rows: number) {
  try {
    assertRowCount(rows);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return langdockEnvelope(error, { method: 'POST', requestId: 'request' });
  }
}

it('neither no row nor more than a million are an export, in the contract’s own words', () => {
  expect(answerOf(1)).toBeNull();
  expect(answerOf(1_000_000)).toBeNull();
  expect(answerOf(0)).toEqual({
    status: 404,
    body: { error: 'No data found', message: 'No usage data found for the selected period' },
  });
  expect(answerOf(1_500_000)).toEqual({
    status: 400,
    body: {
      error: 'Export too large',
      message: 'Export too large: 1500000 rows exceeds limit of 1000000. Please narrow the date range.',
    },
  });
});
