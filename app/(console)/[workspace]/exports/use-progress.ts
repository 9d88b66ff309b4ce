import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { ExportRow } from './export-row';
import { isBeingMade } from './export-state';

/** While a file is made, how far it is asked for this often. */
const POLL_MILLISECONDS = 1_000;

/** The rows, kept up to date while one of them is made; when none is any more, the page is read anew. */
export function useProgress(slug: string, given: readonly ExportRow[], page: number): readonly ExportRow[] {
  const router = useRouter();
  const [latest, setLatest] = useState<{ of: readonly ExportRow[]; rows: readonly ExportRow[] }>({
    of: given,
    rows: given,
  });
  const rows = latest.of === given ? latest.rows : given;
  const isMaking = rows.some(isBeingMade);
  useEffect(() => {
    if (!isMaking) return;
    const ending = new AbortController();
    const timer = setInterval(async () => {
      const next = await askProgress(slug, page, ending.signal);
      if (next === null || ending.signal.aborted) return;
      setLatest({ of: given, rows: next });
      if (!next.some(isBeingMade)) router.refresh();
    }, POLL_MILLISECONDS);
    return () => {
      clearInterval(timer);
      ending.abort();
    };
  }, [slug, page, given, isMaking, router]);
  return rows;
}

/** NULL: no answer; it is asked for again. */
async function askProgress(slug: string, page: number, signal: AbortSignal): Promise<readonly ExportRow[] | null> {
  try {
    const answer = await fetch(`/${slug}/exports/status?page=${page}`, { cache: 'no-store', signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
