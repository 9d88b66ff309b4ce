import { parseUsd } from '@/lib/core/money';

/** A price as somebody typed it, in nano-USD, or the sentence that says what to enter. Nothing is rounded. */
export function readPrice(typed: string): bigint | string {
  const text = typed.trim().replace(/^\$\s*/, '');
  if (text === '') return 'Enter a price such as 2.50. Enter 0 for what is free.';
  // 1,500 is fifteen hundred to some and one and a half to others: a price must not be guessed.
  if (text.includes(',')) return 'Write the price without commas, such as 1500 or 0.25.';
  const amount = parseUsd(text);
  if (!amount.ok) {
    return amount.fault === 'has more than 9 decimals'
      ? 'Money has nine decimals here. Enter at most nine after the point.'
      : 'Enter a price such as 2.50 or 0.000125.';
  }
  if (amount.nanoUsd < 0n) return 'A price cannot be below $0. Enter 0 for what is free.';
  return amount.nanoUsd;
}
