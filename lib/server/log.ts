import { type Logger, pino } from 'pino';
import { env } from './env';

let memo: Logger | undefined;

/** The process's log: JSON lines on standard error. What could be a secret is left out wherever it stands. */
export function logger(): Logger {
  memo ??= pino(
    {
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'authorization',
          'secret',
          'password',
          'key',
          '*.authorization',
          '*.secret',
          '*.password',
          '*.key',
          'err.parameters',
        ],
        remove: true,
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return memo;
}
