import type { AppError } from '../core/errors';

/** How a contract writes an error: its status and its body. */
export type Envelope = (
  error: AppError,
  context: { readonly method: string; readonly requestId: string },
) => { readonly status: number; readonly body: unknown };
