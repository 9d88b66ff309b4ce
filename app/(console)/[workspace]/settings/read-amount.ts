import { INT64_MAX, parseUsd } from '@/lib/core/money';

/** US dollars as they were typed, NULL for an empty field, or the sentence that says what to enter. Nothing is rounded. */
export function readAmount(typed: string): bigint | null | string {
  const text = typed.trim().replace(/^\$\s*/, '');
  if (text === '') return null;
  // 1,500 is fifteen hundred to some and one and a half to others: an amount must not be guessed.
  if (text.includes(',')) return 'Write the amount without commas, such as 4500 or 0.25.';
  const amount = parseUsd(text);
  if (!amount.ok) {
    if (amount.fault === 'is too large') return 'That is more than can be counted. Enter less.';
    return amount.fault === 'has more than 9 decimals'
      ? 'Money has nine decimals here. Enter at most nine after the point.'
      : 'Enter an amount such as 400 or 0.25, or leave it empty.';
  }
  if (amount.nanoUsd < 0n) return 'An amount cannot be below $0.';
  return amount.nanoUsd > INT64_MAX ? 'That is more than can be counted. Enter less.' : amount.nanoUsd;
}
