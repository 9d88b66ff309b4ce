import { type Logger, pino } from 'pino';
import { env } from './env';

let memo: Logger | undefined;

/** The process's log: JSON lines on standard error. What could be a secret is left out wherever it stands. */
export function logger(): Logger {
  memo ??= createLogger();
  return memo;
}

function createLogger(): Logger {
  const destination = pino.destination({ dest: 2, sync: true });
  // A line that nobody reads any more is lost; an error of its own would be logged in turn.
  destination.on('error', () => {});
  return pino(
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
    destination,
  );
}
