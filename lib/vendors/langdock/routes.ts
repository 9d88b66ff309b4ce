import type { Call } from '../../core/call';
import { requireScope } from '../../core/call';
import { StreamReply } from '../../core/endpoint';
import { AppError } from '../../core/errors';
import { formatInZone } from '../../core/zone';
import { createExportNow } from '../../exports/commands/create-export';
import { createDownloadLink } from '../../exports/commands/create-link';
import { DEFAULT_NAMES, type ExportParameters } from '../../exports/contract';
import { langdockColumns } from '../../exports/langdock-row';
import { countLangdockRows, readLangdockRows } from '../../exports/queries/langdock-rows';
import { type InclusiveRange, isRangeFault, readInclusiveRange } from '../../exports/range';
import { countRequest } from '../../limits/commands';
import type { Workspace } from '../../workspaces/contract';
import { findReachableWorkspace, getOwnWorkspace } from '../../workspaces/queries';
import { type Route, route } from '../route';
import { type ExportBody, fileEndpoints, rowEndpoints } from './contract';
import { assertRowCount } from './row-bound';
import { rowsAsJson } from './rows-json';

const LINK_SECONDS = 3600;
const REQUESTS_PER_MINUTE_MAX = 500;
const MINUTE_MILLISECONDS = 60_000;
/** The limiter is the workspace's, not a key's; ids of keys begin at 1. */
const WORKSPACE_LIMITER_KEY = 0n;

/** What a request asks for, once it may ask. */
interface Wanted {
  readonly workspaceId: string;
  readonly parameters: ExportParameters;
  readonly range: InclusiveRange;
  readonly dateRange: { readonly from: string; readonly to: string };
}

async function readRequest(call: Call, body: ExportBody): Promise<Wanted> {
  requireScope(call, 'usage:export');
  const workspace = await workspaceOf(call, body);
  await countAgainstRate(workspace.id, call.now);
  const range = readInclusiveRange(body.from, body.to);
  if (isRangeFault(range)) throw new AppError('invalid_input', `${range.field}: ${range.fault}`);
  return {
    workspaceId: workspace.id,
    range,
    dateRange: {
      from: formatInZone(body.from.timezone, range.from.getTime()),
      to: formatInZone(body.to.timezone, range.last.getTime()),
    },
    parameters: {
      format: 'langdock-api-keys',
      range: { from: range.from.toISOString(), to: range.to.toISOString() },
      period: range.period,
      timeZone: body.from.timezone,
      filter: {},
      groupBy: body.group_by ?? null,
      names: DEFAULT_NAMES,
    },
  };
}

async function workspaceOf(call: Call, { workspace_id: id }: ExportBody): Promise<Workspace> {
  // A bound key always speaks for its own workspace, whatever it names.
  if (id === undefined || call.workspace !== null) return getOwnWorkspace(call);
  const workspace = await findReachableWorkspace(call, id);
  if (!workspace) throw new AppError('invalid_input', 'workspace_id: Workspace not found');
  return workspace;
}

/** Counted in the database, over all processes, by the minute of the clock. */
async function countAgainstRate(workspaceId: string, now: Date): Promise<void> {
  const minute = Math.floor(now.getTime() / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
  const key = { workspaceId, id: WORKSPACE_LIMITER_KEY };
  const verdict = await countRequest(key, 'langdock-export', REQUESTS_PER_MINUTE_MAX, new Date(minute));
  if (!verdict.isLimited) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((minute + MINUTE_MILLISECONDS - now.getTime()) / 1000));
  const message = `More than ${REQUESTS_PER_MINUTE_MAX} requests in a minute. Try again in ${retryAfterSeconds} seconds.`;
  throw new AppError('rate_limited', message, { retryAfterSeconds });
}

async function countRows(call: Call, { workspaceId, parameters }: Wanted): Promise<void> {
  assertRowCount(await countLangdockRows(call, workspaceId, parameters));
}

export const langdockRoutes: readonly Route[] = [
  ...fileEndpoints.map((endpoint) =>
    route(endpoint, async ({ call, body, baseUrl }) => {
      const wanted = await readRequest(call, body);
      await countRows(call, wanted);
      const file = await createExportNow(call, wanted.workspaceId, wanted.parameters);
      const link = await createDownloadLink(call, file.id, LINK_SECONDS);
      return {
        success: true as const,
        data: {
          filePath: file.filePath,
          downloadUrl: `${baseUrl}${link.path}`,
          dataType: 'api_keys' as const,
          recordCount: file.rowCount,
          dateRange: wanted.dateRange,
        },
      };
    }),
  ),

  ...rowEndpoints.map((endpoint) =>
    route(endpoint, async ({ call, body }) => {
      const wanted = await readRequest(call, body);
      await countRows(call, wanted);
      const { layout, batches } = await readLangdockRows(call, wanted.workspaceId, wanted.parameters);
      return new StreamReply(() => rowsAsJson(langdockColumns(layout), batches, wanted.dateRange), {
        headers: { 'content-type': 'application/json; charset=utf-8' },
      });
    }),
  ),
];
