import { AppError, type ErrorCode } from '../../core/errors';

/** An error whose kind this contract names itself, such as `No data found`. */
export class LangdockError extends AppError {
  constructor(
    code: ErrorCode,
    readonly kind: string,
    message: string,
  ) {
    super(code, message);
  }
}
