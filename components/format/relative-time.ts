import { noBreakSpace } from './round';
import { formatDate } from './time';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const relativeDaysMax = 30;

/** `Just now`, `3 min ago`, `5 h ago`, `in 4 d`; beyond 30 days the date. Units are cut: 119 minutes are 1 h. */
export function formatRelativeTime(at: Date, now: Date, zone = 'UTC'): string {
  const distanceMs = Math.abs(now.getTime() - at.getTime());
  if (distanceMs < minuteMs) return 'Just now';
  if (distanceMs >= (relativeDaysMax + 1) * dayMs) return formatDate(at, zone);
  const amount = formatSpan(distanceMs);
  return at.getTime() > now.getTime() ? `in ${amount}` : `${amount} ago`;
}

/** One unit, cut: `3 min`, `5 h`, `4 d`. */
export function formatSpan(spanMs: number): string {
  if (spanMs < hourMs) return `${Math.floor(spanMs / minuteMs)}${noBreakSpace}min`;
  return spanMs < dayMs
    ? `${Math.floor(spanMs / hourMs)}${noBreakSpace}h`
    : `${Math.floor(spanMs / dayMs)}${noBreakSpace}d`;
}
