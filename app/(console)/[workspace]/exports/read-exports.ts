import type { Filter } from '@/lib/analytics/contract';
import { askUsage } from '@/lib/analytics/queries/ask-usage';
import { findKeyFacts } from '@/lib/analytics/queries/find-key-facts';
import { listUsedValues } from '@/lib/analytics/queries/list-values';
import { AppError } from '@/lib/core/errors';
import type { Session } from '@/lib/entry/session';
import type { ExportFilter, ExportParameters, StatusFilter } from '@/lib/exports/contract';
import { listExports } from '@/lib/exports/queries/find-exports';
import { listKeyOwners, listKeyTags } from '@/lib/keys/queries/summarise-keys';
import { type ExportRow, toExportRow } from './export-row';
import { EXPORTS_PAGE_SIZE, type ExportsParams } from './exports-params';
import { toParameters } from './read-exports-params';

/** What the books say of the usage that a file would be about. */
export interface ExportSummary {
  readonly requests: bigint;
  /** BYOK included, as in files. */
  readonly costNanoUsd: bigint;
  readonly byokNanoUsd: bigint;
}

/** Values that a file can be narrowed to. */
export interface ExportOptions {
  readonly owners: readonly string[];
  readonly tags: readonly string[];
  readonly models: readonly string[];
  readonly endpoints: readonly string[];
  readonly keyNames: ReadonlyMap<string, string>;
}

export interface ExportsPage {
  /** A text: why no file can be made. */
  readonly parameters: ExportParameters | string;
  /** NULL: of keys as they are now, or of a question that is too large to be answered beforehand. */
  readonly summary: ExportSummary | null;
  readonly options: ExportOptions;
  readonly history: readonly ExportRow[];
  readonly total: number;
}

const CHOICES_MAX = 50;

export async function readExportsPage(session: Session, params: ExportsParams): Promise<ExportsPage> {
  const { call, workspace } = session;
  const parameters = toParameters(params, workspace.timeZone, call.now);
  const [summary, options, history] = await Promise.all([
    typeof parameters === 'string' ? null : summarise(session, parameters),
    readOptions(session, params, parameters),
    listExports(call, workspace.id, (params.page - 1) * EXPORTS_PAGE_SIZE, EXPORTS_PAGE_SIZE),
  ]);
  return { parameters, summary, options, history: history.rows.map(toExportRow), total: history.total };
}

async function summarise(
  { call, workspace }: Session,
  { range, filter }: ExportParameters,
): Promise<ExportSummary | null> {
  if (range === null) return null;
  try {
    const { total } = await askUsage(call, {
      workspaceId: workspace.id,
      from: new Date(range.from),
      to: new Date(range.to),
      timeZone: 'UTC',
      granularity: null,
      groupBy: [],
      filters: filtersOf(filter),
      measures: ['requests', 'spendNanoUsd', 'byokNanoUsd'],
      orderBy: { measure: 'requests', by: 'sum' },
      top: 1,
      previous: null,
      isLatencyWanted: false,
    });
    const { requests, spendNanoUsd, byokNanoUsd } = total.sums;
    return { requests, costNanoUsd: spendNanoUsd + byokNanoUsd, byokNanoUsd };
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') return null;
    throw error;
  }
}

/** What a file is narrowed to, as analytics asks for it: there an absent value is NULL. */
function filtersOf(filter: ExportFilter): Filter[] {
  const { keyHashes, environment, models, endpoints, status, owner, tag } = filter;
  const named = (values: readonly string[]) => values.map((value) => (value === '(none)' ? null : value));
  return [
    ...(keyHashes ? [{ dimension: 'key' as const, values: keyHashes }] : []),
    ...(environment ? [{ dimension: 'environment' as const, values: [environment] }] : []),
    ...(models ? [{ dimension: 'model' as const, values: named(models) }] : []),
    ...(endpoints ? [{ dimension: 'endpoint' as const, values: named(endpoints) }] : []),
    ...(status ? [{ dimension: 'status_class' as const, values: classesOf(status) }] : []),
    ...(owner ? [{ dimension: 'owner' as const, values: [owner] }] : []),
    ...(tag ? [{ dimension: 'tag' as const, values: [tag] }] : []),
  ];
}

function classesOf(status: StatusFilter): string[] {
  switch (status) {
    case 'success':
      return ['1', '2', '3'];
    case 'error':
      return ['4', '5'];
    default:
      return [status.slice(0, 1)];
  }
}

async function readOptions(
  { call, workspace }: Session,
  { keys }: ExportsParams,
  parameters: ExportParameters | string,
): Promise<ExportOptions> {
  const range = typeof parameters === 'string' ? null : parameters.range;
  const valuesOf = async (dimension: 'model' | 'endpoint') => {
    if (range === null) return [];
    const values = await listUsedValues(call, workspace.id, dimension, {
      from: new Date(range.from),
      to: new Date(range.to),
    }).catch((error: unknown) => {
      // A choice that cannot be offered is no reason to offer nothing else.
      if (error instanceof AppError && error.code === 'invalid_input') return [];
      throw error;
    });
    return values.slice(0, CHOICES_MAX).map(({ id }) => id ?? '(none)');
  };
  const [owners, tags, models, endpoints, facts] = await Promise.all([
    listKeyOwners(call, workspace.id),
    listKeyTags(call, workspace.id),
    valuesOf('model'),
    valuesOf('endpoint'),
    findKeyFacts(call, workspace.id, keys),
  ]);
  return {
    owners: owners.map(({ owner }) => owner),
    tags: tags.map(({ tag }) => tag),
    models,
    endpoints,
    keyNames: new Map([...facts].map(([hash, { name }]) => [hash, name])),
  };
}
