/** Divides and rounds to the nearest whole, halves away from zero. `divisor` must be positive. */
export function divideRounded(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return value < 0n ? -((-value + half) / divisor) : (value + half) / divisor;
}

/** Puts a comma before every third digit: `7,288,155`. Takes only digits. */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The typographic minus, as wide as a plus. */
export const minusSign = '−';
/** Keeps a number and its unit on one line. */
export const noBreakSpace = '\u00a0';
