import { AppError } from '../../core/errors';
import { DEFAULT_NAMES, type Export, type ExportParameters } from '../../exports/contract';
import { fileNameOf } from '../../exports/file-path';
import { isRangeFault, readRange } from '../../exports/range';
import type { ExportInfo, ExportRequest } from './exports-contract';

/** What of a request says nothing about keys as they are now. */
const USAGE_ONLY = ['from', 'to', 'models', 'endpoints', 'status'] as const;

/** The parameters that a request stands for. Throws `invalid_input` with the field that is wrong. */
export function toParameters(request: ExportRequest, workspaceTimeZone: string): ExportParameters {
  const { format, key_hashes: keyHashes, group_by: groupBy, ...rest } = request;
  const timeZone = request.time_zone ?? workspaceTimeZone;
  if (groupBy !== undefined && format !== 'langdock-api-keys')
    throw new AppError('invalid_input', 'group_by: belongs to the format langdock-api-keys');
  return {
    format,
    ...rangeOf(request, timeZone),
    timeZone,
    filter: {
      ...(keyHashes === undefined ? {} : { keyHashes }),
      ...(rest.environment === undefined ? {} : { environment: rest.environment }),
      ...(rest.models === undefined ? {} : { models: rest.models }),
      ...(rest.endpoints === undefined ? {} : { endpoints: rest.endpoints }),
      ...(rest.status === undefined ? {} : { status: rest.status }),
      ...(rest.owner === undefined ? {} : { owner: rest.owner }),
      ...(rest.tag === undefined ? {} : { tag: rest.tag }),
    },
    groupBy: groupBy ?? null,
    names: {
      provider: request.provider_name ?? DEFAULT_NAMES.provider,
      publisher: request.publisher_name ?? DEFAULT_NAMES.publisher,
      invoiceIssuer: request.invoice_issuer_name ?? DEFAULT_NAMES.invoiceIssuer,
    },
  };
}

function rangeOf(request: ExportRequest, timeZone: string): Pick<ExportParameters, 'range' | 'period'> {
  if (request.format === 'keys') {
    const field = USAGE_ONLY.find((name) => request[name] !== undefined);
    if (field !== undefined)
      throw new AppError('invalid_input', `${field}: keys are exported as they are now, without it`);
    // A zone that is no zone is told, also where it decides nothing.
    const fault = readRange('2000-01-01', '2000-01-02', timeZone);
    if (isRangeFault(fault)) throw new AppError('invalid_input', `${fault.field}: ${fault.fault}`);
    return { range: null, period: null };
  }
  if (request.from === undefined || request.to === undefined)
    throw new AppError('invalid_input', `${request.from === undefined ? 'from' : 'to'}: is needed for usage`);
  const range = readRange(request.from, request.to, timeZone);
  if (isRangeFault(range)) throw new AppError('invalid_input', `${range.field}: ${range.fault}`);
  return { range: { from: range.from.toISOString(), to: range.to.toISOString() }, period: range.period };
}

export function toExportInfo(one: Export): ExportInfo {
  const { parameters } = one;
  return {
    id: one.id,
    workspace_id: one.workspaceId,
    format: parameters.format,
    state: one.state,
    from: parameters.range?.from ?? null,
    to: parameters.range?.to ?? null,
    time_zone: parameters.timeZone,
    file_name: fileNameOf(one.filePath),
    row_count: one.rowCount,
    row_total: one.rowTotal,
    size_bytes: one.sizeBytes,
    error: one.error,
    created_by: one.createdBy,
    created_at: one.createdAt.toISOString(),
    finished_at: one.finishedAt?.toISOString() ?? null,
    file_expires_at: one.fileExpiresAt?.toISOString() ?? null,
  };
}
