import { formatMoney, formatSetMoney, fractionOf } from '@/components/format/money';
import { formatPercent } from '@/components/format/number';
import { formatSpan } from '@/components/format/relative-time';
import { formatDate, formatMoment } from '@/components/format/time';
import type { StatusTone } from '@/components/ui/status';
import { unreachable } from '@/lib/core/errors';
import type { UsageWindow } from '@/lib/core/time-window';
import type { KeyStatus } from '@/lib/keys/status';
import type { KeyRow } from './key-row';

/** Status words where no key is at hand, such as in a filter. */
export const STATUS_LABELS: Readonly<Record<KeyStatus, string>> = {
  disabled: 'Disabled',
  expired: 'Expired',
  blocked: 'Blocked',
  near_limit: 'Near limit',
  expires_soon: 'Expires soon',
  rotating: 'Rotating',
  dormant: 'Dormant',
  active: 'Active',
};

export interface StatusWords {
  readonly tone: StatusTone;
  readonly label: string;
  /** What it means and what to do about it. */
  readonly hint: string;
}

type Judged = Pick<
  KeyRow,
  | 'status'
  | 'now'
  | 'expiresAt'
  | 'graceEndsAt'
  | 'resetsAt'
  | 'limitNanoUsd'
  | 'usedNanoUsd'
  | 'lastUsedAt'
  | 'createdAt'
>;

/** One word for a key, and a sentence that says what to do. */
export function statusWords(key: Judged): StatusWords {
  const { status, now } = key;
  const label = STATUS_LABELS[status];
  const moment = (at: Date | null) => (at === null ? '' : formatMoment(at, now));
  switch (status) {
    case 'disabled':
      return { tone: 'off', label, hint: 'Refuses every request. Enable it to let it work again.' };
    case 'expired':
      return { tone: 'off', label, hint: `Stopped working on ${moment(key.expiresAt)}. Create a new key.` };
    case 'blocked':
      return { tone: 'act', label, hint: blockedHint(key) };
    case 'near_limit': {
      const used = formatPercent(fractionOf(key.usedNanoUsd, key.limitNanoUsd ?? 0n), 0);
      const until = key.resetsAt ? ` before ${moment(key.resetsAt)}` : '';
      return { tone: 'near', label, hint: `${used} of its limit is used. Raise it, or expect refusals${until}.` };
    }
    case 'expires_soon': {
      const left = key.expiresAt ? key.expiresAt.getTime() - now.getTime() : 0;
      const hint = `Stops working on ${moment(key.expiresAt)}. Replace it by a new key in time.`;
      return { tone: 'near', label: `Expires in ${formatSpan(left)}`, hint };
    }
    case 'rotating':
      return { tone: 'info', label, hint: `The old secret stops working on ${moment(key.graceEndsAt)}.` };
    case 'dormant':
      return { tone: 'idle', label, hint: `${idleSince(key)} Disable it if nothing needs it.` };
    case 'active':
      return { tone: 'ok', label, hint: 'It works, and nothing is to be done.' };
    default:
      return unreachable(status);
  }
}

function blockedHint({ resetsAt, limitNanoUsd, now }: Judged): string {
  if (limitNanoUsd === 0n) return 'Its limit is $0, so nothing may be spent. Raise the limit to let it work.';
  return resetsAt
    ? `Its limit is used up. Refuses until ${formatMoment(resetsAt, now)}, or until the limit is raised.`
    : 'Its limit is used up for good. Raise the limit to let it work.';
}

function idleSince({ lastUsedAt, createdAt }: Judged): string {
  return lastUsedAt
    ? `Not used since ${formatDate(lastUsedAt)}.`
    : `Never used since it was created on ${formatDate(createdAt)}.`;
}

const WINDOW_SHORT: Readonly<Record<UsageWindow, string>> = {
  day: '/ day',
  week: '/ wk',
  month: '/ mo',
  lifetime: 'in total',
};
const WINDOW_LONG: Readonly<Record<UsageWindow, string>> = {
  day: 'per day',
  week: 'per week',
  month: 'per month',
  lifetime: 'in total',
};
const WINDOW_ADVERB: Readonly<Record<UsageWindow, string>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  lifetime: 'in total',
};

export const WINDOW_OPTIONS = (['day', 'week', 'month', 'lifetime'] as const).map((value) => ({
  value,
  label: WINDOW_LONG[value],
}));

/** "$75 / wk", for tight cells. */
export function limitShort(limitNanoUsd: bigint, window: UsageWindow): string {
  return `${formatSetMoney(limitNanoUsd)} ${WINDOW_SHORT[window]}`;
}

/** "$75 weekly" */
export function limitAdverb(limitNanoUsd: bigint, window: UsageWindow): string {
  return `${formatSetMoney(limitNanoUsd)} ${WINDOW_ADVERB[window]}`;
}

/** "$75 per week", or "No limit". */
export function limitLong(limitNanoUsd: bigint | null, window: UsageWindow): string {
  return limitNanoUsd === null ? 'No limit' : `${formatSetMoney(limitNanoUsd)} ${WINDOW_LONG[window]}`;
}

/** "resets 1 Dec, 00:00 UTC" */
export function resetWords(resetsAt: Date | null, now: Date): string {
  return resetsAt === null ? 'never resets' : `resets ${formatMoment(resetsAt, now)}`;
}

/** The same where there is little room: at midnight UTC, as all windows end, the day says enough. */
export function shortResetWords(resetsAt: Date | null, now: Date): string {
  return resetsAt === null ? 'never resets' : `resets ${formatMoment(resetsAt, now).replace(/, 00:00 UTC$/, '')}`;
}

/** "$44.13 left", or by how much more was spent than the limit lets: "$0.98 over". */
export function leftWords({
  limitNanoUsd,
  remainingNanoUsd,
  usedNanoUsd,
}: Pick<KeyRow, 'limitNanoUsd' | 'remainingNanoUsd' | 'usedNanoUsd'>): string {
  if (limitNanoUsd === null || remainingNanoUsd === null) return '';
  const overNanoUsd = usedNanoUsd - limitNanoUsd;
  return overNanoUsd > 0n ? `${formatMoney(overNanoUsd, 2)} over` : `${formatMoney(remainingNanoUsd, 2)} left`;
}

/** How the remaining amount comes about: "$350 − $304.58 used − $3.00 held". NULL: no limit. */
export function remainingSum({ limitNanoUsd, usedNanoUsd, heldNanoUsd }: KeyRow): string | null {
  if (limitNanoUsd === null) return null;
  const held = heldNanoUsd > 0n ? ` − ${formatMoney(heldNanoUsd)} held` : '';
  return `${formatSetMoney(limitNanoUsd)} − ${formatMoney(usedNanoUsd)} used${held}`;
}

/** What comes of ending a key's work, or letting it go on: said before it is done. */
export const EFFECTS = {
  disable:
    'It refuses requests at once. Its spend, its history and its limit stay, and you can enable it again at any time.',
  enable: 'It takes requests again at once, with the secret that it had.',
  delete:
    'It refuses requests at once and leaves every list for good. What it spent stays on the books. To stop it for a while, disable it instead.',
} as const;
