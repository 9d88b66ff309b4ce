/**
 * A condition that keeps the process from starting and that its operator can mend.
 * `message` is one line that says what is wrong and what to do, and never contains a secret.
 */
export class StartupError extends Error {
  override readonly name: string = 'StartupError';
}
