import { LANGDOCK_ROWS_MAX } from '../../exports/contract';
import { LangdockError } from './error';

/** Throws in the contract's words unless an export has rows, and not too many. */
export function assertRowCount(rows: number): void {
  if (rows === 0) throw new LangdockError('not_found', 'No data found', 'No usage data found for the selected period');
  if (rows <= LANGDOCK_ROWS_MAX) return;
  const message = `Export too large: ${rows} rows exceeds limit of ${LANGDOCK_ROWS_MAX}. Please narrow the date range.`;
  throw new LangdockError('invalid_input', 'Export too large', message);
}
