'use client';

import { formatRelativeTime } from '../format/relative-time';
import { formatExactTime } from '../format/time';
import { Tooltip } from './tooltip';
import { useNow } from './use-now';

type TimeProps = {
  at: Date;
  /** The server's time when the page was made, so that both render the same. */
  now: Date;
  /** IANA zone of the exact time. */
  zone?: string | undefined;
  className?: string | undefined;
};

/** "3 min ago", which goes on by itself; hover and focus show the exact instant. */
export function Time({ at, now, zone = 'UTC', className = '' }: TimeProps) {
  const current = useNow(now);
  return (
    <Tooltip text={formatExactTime(at, zone)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time must open for the keyboard too. */}
      <time dateTime={at.toISOString()} tabIndex={0} className={`rounded-xs whitespace-nowrap ${className}`}>
        {formatRelativeTime(at, current, zone)}
      </time>
    </Tooltip>
  );
}
