import { z } from 'zod';
import { isStorableText } from '@/lib/core/text';
import { OWNER_LENGTH_MAX, TAG_LENGTH_MAX } from '@/lib/keys/bounds';
import type { KeyFilter, KeyOrder } from '@/lib/keys/contract';
import { KEY_SORTS } from '@/lib/keys/sorts';
import { KEY_STATUSES } from '@/lib/keys/status';
import { DEFAULT_SORT, isDescendingFirst, type KeyListParams } from './list-params';

const PAGE_MAX = 1_000_000;

/** An address may be typed, old or mangled: what is not understood is left out. */
const query = z.object({
  q: z.string().trim().max(200).refine(isStorableText).catch(''),
  sort: z.enum(KEY_SORTS).catch(DEFAULT_SORT),
  dir: z.enum(['asc', 'desc']).nullable().catch(null),
  page: z.coerce.number().pipe(z.int().min(1).max(PAGE_MAX)).catch(1),
  disabled: z.literal('shown').nullable().catch(null),
  status: z
    .string()
    .transform((words) => KEY_STATUSES.filter((status) => words.split(',').includes(status)))
    .catch([]),
  env: z.enum(['live', 'test']).nullable().catch(null),
  owner: z.string().min(1).max(OWNER_LENGTH_MAX).refine(isStorableText).nullable().catch(null),
  tag: z.string().min(1).max(TAG_LENGTH_MAX).refine(isStorableText).nullable().catch(null),
});

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export function parseListParams(searchParams: SearchParams): KeyListParams {
  const single = Object.fromEntries(
    Object.entries(searchParams).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const { q, sort, dir, page, disabled, status, env, owner, tag } = query.parse(single);
  return {
    search: q,
    sort,
    isDescending: dir === null ? isDescendingFirst(sort) : dir === 'desc',
    page,
    showDisabled: disabled !== null || status.includes('disabled'),
    statuses: status,
    environment: env,
    owner,
    tag,
  };
}

/** People see `…` where the label keeps three dots. */
export function toFilter(workspaceId: string, params: KeyListParams): KeyFilter {
  return {
    workspaceId,
    includeDisabled: params.showDisabled,
    search: params.search.replaceAll('…', '...'),
    ...(params.environment ? { environment: params.environment } : {}),
    ...(params.owner ? { owner: params.owner } : {}),
    ...(params.tag ? { tag: params.tag } : {}),
    ...(params.statuses.length > 0 ? { statuses: params.statuses } : {}),
  };
}

export function toOrder({ sort, isDescending }: KeyListParams): KeyOrder {
  return { sort, isDescending };
}
