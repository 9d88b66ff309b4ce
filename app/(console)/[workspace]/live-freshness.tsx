'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useSyncExternalStore, useTransition } from 'react';
import { zoneWord } from '@/components/charts/bucket-words';
import { formatClock, formatClockSeconds } from '@/components/format/time';
import { Freshness } from '@/components/ui/freshness';
import { askReady } from '../../ask-ready';

/** Figures are read anew this often while somebody looks. */
const REFRESH_MILLISECONDS = 15_000;

/** Whether the server gave no answer when it was last asked. A page says it in more places than one. */
let isAway = false;
const listeners = new Set<() => void>();

function setAway(next: boolean) {
  isAway = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type LiveFreshnessProps = { now: Date; zone: string };

/**
 * Says as of when the page's figures are, and reads them anew every 15 seconds while the page is looked at. It asks first
 * whether the server is ready: figures that are a minute old are better than a page that could not be shown.
 */
export function LiveFreshness({ now, zone }: LiveFreshnessProps) {
  const router = useRouter();
  const [isRefreshing, startRefresh] = useTransition();
  const refresh = useEffectEvent(async () => {
    if (document.visibilityState !== 'visible' || isRefreshing || isAnythingOpen()) return;
    const isReady = (await askReady()) === 'ready';
    setAway(!isReady);
    if (isReady) startRefresh(() => router.refresh());
  });
  const readAt = now.getTime();
  // biome-ignore lint/correctness/useExhaustiveDependencies: new figures start the wait anew.
  useEffect(() => {
    setAway(false);
    const start = performance.now();
    const timer = setInterval(() => void refresh(), REFRESH_MILLISECONDS);
    const onVisible = () => {
      if (performance.now() - start >= REFRESH_MILLISECONDS) void refresh();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [readAt]);
  return <AsOf text={`As of ${formatClockSeconds(now, zone)}`} />;
}

/** The same where there is little room. It is kept fresh by the other one. */
export function ShortFreshness({ now, zone }: LiveFreshnessProps) {
  return <AsOf text={`${formatClock(now, zone)} ${zoneWord(zone)}`} />;
}

function AsOf({ text }: { text: string }) {
  const isStale = useSyncExternalStore(
    subscribe,
    () => isAway,
    () => false,
  );
  return (
    <Freshness
      label={isStale ? `${text}, no answer since` : text}
      title={
        isStale
          ? 'The server does not answer. The figures are as they were then.'
          : 'Includes everything recorded until then'
      }
      isStale={isStale}
    />
  );
}

/** What is open keeps its place: a menu or a form is not pulled from under the reader. */
function isAnythingOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
