import { systemCall } from '../../core/call';
import type { Key, KeyFilter } from '../../keys/contract';
import { listKeys } from '../../keys/queries';
import { listKeysAfter } from '../../keys/queries/list-keys-after';
import type { ExportFilter } from '../contract';
import { keyCells } from '../key-row';
import type { CsvRow } from '../source';

const KEYS_PER_BATCH = 1_000;

/** A workspace's keys that are not deleted, oldest first, in batches, all as of `now`. */
export async function* readKeys(
  workspaceId: string,
  { keyHashes, environment, owner, tag }: ExportFilter,
  now: Date,
): AsyncGenerator<readonly CsvRow[], void, undefined> {
  const call = systemCall('export', now, 'export');
  const hashes = keyHashes && new Set(keyHashes);
  const filter: KeyFilter = {
    workspaceId,
    includeDisabled: true,
    ...(environment === undefined ? {} : { environment }),
    ...(owner === undefined ? {} : { owner }),
  };
  for (let after: string | null = null; ; ) {
    const page: Key[] = await listKeysAfter(call, filter, after, KEYS_PER_BATCH);
    const wanted = page.filter(
      (key) => (hashes === undefined || hashes.has(key.hash)) && (tag === undefined || key.tags.includes(tag)),
    );
    yield wanted.map((key) => keyCells(key, now));
    if (page.length < KEYS_PER_BATCH) return;
    after = page.at(-1)?.hash ?? null;
  }
}

/** How many keys `readKeys` gives; NULL where that is only known by reading them. */
export async function countKeysToExport(workspaceId: string, filter: ExportFilter, now: Date): Promise<number | null> {
  if (filter.keyHashes !== undefined || filter.tag !== undefined) return null;
  const { environment, owner } = filter;
  const page = await listKeys(
    systemCall('export', now, 'export'),
    {
      workspaceId,
      includeDisabled: true,
      ...(environment === undefined ? {} : { environment }),
      ...(owner === undefined ? {} : { owner }),
    },
    { sort: 'created', isDescending: false },
    0,
    0,
  );
  return page.total;
}
