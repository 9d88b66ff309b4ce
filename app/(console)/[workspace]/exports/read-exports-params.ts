import { z } from 'zod';
import { isStorableText } from '@/lib/core/text';
import { isTimeZone, wallTime } from '@/lib/core/zone';
import { DEFAULT_NAMES, EXPORT_FORMATS, type ExportParameters, STATUS_FILTERS } from '@/lib/exports/contract';
import { isRangeFault, readRange } from '@/lib/exports/range';
import type { SearchParams } from '../search-params';
import { EXPORTS_DEFAULT, type ExportsParams, toExportFilter } from './exports-params';

const DAY_MILLISECONDS = 86_400_000;
const DAYS_DEFAULT = 30;
const VALUES_MAX = 100;
const PAGE_MAX = 1_000;

const storable = (lengthMax: number) => z.string().min(1).max(lengthMax).refine(isStorableText);
const listOf = (value: z.ZodType<string>) =>
  z
    .array(z.unknown())
    .transform((values) => [...new Set(values.flatMap((one) => value.safeParse(one).data ?? []))].slice(0, VALUES_MAX));
const day = z.iso.date().refine((text) => Number(text.slice(0, 4)) >= 2000);

/** An address may be typed, old or mangled: what is not understood is left out. */
const query = z.object({
  format: z.enum(EXPORT_FORMATS).catch(EXPORTS_DEFAULT.format),
  per: z.string().optional().catch(undefined),
  from: day.nullable().catch(null),
  to: day.nullable().catch(null),
  zone: z.string().max(64).refine(isTimeZone).nullable().catch(null),
  key: listOf(z.string().regex(/^[0-9a-f]{64}$/)),
  model: listOf(storable(200)),
  endpoint: listOf(storable(200)),
  environment: z.enum(['live', 'test']).nullable().catch(null),
  status: z.enum(STATUS_FILTERS).nullable().catch(null),
  owner: storable(100).nullable().catch(null),
  tag: storable(50).nullable().catch(null),
  page: z.coerce.number().pipe(z.int().min(1).max(PAGE_MAX)).catch(1),
});

const LISTS = ['key', 'model', 'endpoint'] as const;

export function readExportsParams(searchParams: SearchParams): ExportsParams {
  const single = Object.entries(searchParams).map(([name, value]) => [name, [value].flat()[0]]);
  const lists = LISTS.map((name) => [name, [searchParams[name]].flat().filter((value) => value !== undefined)]);
  const { per, from, to, key, model, endpoint, ...rest } = query.parse({
    ...Object.fromEntries(single),
    ...Object.fromEntries(lists),
  });
  return {
    ...rest,
    isByModel: per === 'model',
    days: from !== null && to !== null ? { first: from, last: to } : null,
    keys: key,
    models: model,
    endpoints: endpoint,
  };
}

/** The days of a file: as chosen, else the last thirty of its zone. */
export function daysOf({ days }: ExportsParams, zone: string, now: Date): { first: string; last: string } {
  if (days !== null) return days;
  const today = Math.floor(wallTime(zone, now.getTime()) / DAY_MILLISECONDS);
  return { first: dateOf(today - DAYS_DEFAULT + 1), last: dateOf(today) };
}

function dateOf(days: number): string {
  return new Date(days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** What the engine makes a file by. A text: why there is none, in a sentence. */
export function toParameters(params: ExportsParams, workspaceZone: string, now: Date): ExportParameters | string {
  const zone = params.zone ?? workspaceZone;
  const shared = {
    format: params.format,
    timeZone: zone,
    filter: toExportFilter(params),
    groupBy: params.format === 'langdock-api-keys' && params.isByModel ? ('model' as const) : null,
    names: DEFAULT_NAMES,
  };
  if (params.format === 'keys') return { ...shared, range: null, period: null };
  const { first, last } = daysOf(params, zone, now);
  const range = readRange(first, dateOf(Date.parse(`${last}T00:00Z`) / DAY_MILLISECONDS + 1), zone);
  if (isRangeFault(range)) return 'The last day has to be the first day or later.';
  return {
    ...shared,
    range: { from: range.from.toISOString(), to: range.to.toISOString() },
    period: range.period,
  };
}

/** What the page asks for to make a file like one that was made. */
export function fromParameters({ format, period, timeZone, filter, groupBy }: ExportParameters): ExportsParams {
  return {
    ...EXPORTS_DEFAULT,
    format,
    isByModel: groupBy === 'model',
    days: period && { first: period.start, last: period.end },
    zone: timeZone,
    keys: filter.keyHashes ?? [],
    models: filter.models ?? [],
    endpoints: filter.endpoints ?? [],
    environment: filter.environment ?? null,
    status: filter.status ?? null,
    owner: filter.owner ?? null,
    tag: filter.tag ?? null,
  };
}
