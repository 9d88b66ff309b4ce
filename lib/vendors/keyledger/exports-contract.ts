import { z } from 'zod';
import { type Audience, defineEndpoint, type Method } from '../../core/endpoint';
import { OFFSET_MAX, PAGE_SIZE_MAX } from '../../core/page';
import { isStorableText, text } from '../../core/text';
import { EXPORT_FORMATS, EXPORT_STATES, exportFilter } from '../../exports/contract';
import { LINK_SECONDS_DEFAULT, LINK_SECONDS_MAX, LINK_SECONDS_MIN } from '../../exports/signed-url';

const nothing = z.object({});
const instant = z.string().describe('ISO 8601');
const identifier = z.string().transform((value) => (isStorableText(value) ? value : ''));
const idParams = z.object({ id: identifier });
const EXPORT: Audience = { kind: 'management', scope: 'usage:export' };

function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType | null, S extends z.ZodType>(
  operationId: string,
  [method, path]: readonly [Method, string],
  outline: {
    summary: string;
    description?: string;
    audience?: Audience;
    params: P;
    query: Q;
    body: B;
    success: S;
    status?: number;
    contentType?: string;
    errors: readonly number[];
  },
) {
  return defineEndpoint({
    operationId,
    contract: 'native',
    tag: 'Exports',
    summary: outline.summary,
    ...(outline.description ? { description: outline.description } : {}),
    method,
    path,
    audience: outline.audience ?? EXPORT,
    params: outline.params,
    query: outline.query,
    body: outline.body,
    success: {
      status: outline.status ?? 200,
      description: outline.summary,
      schema: outline.success,
      ...(outline.contentType === undefined ? {} : { contentType: outline.contentType }),
    },
    errors: outline.errors,
  });
}

const { keyHashes, environment, models, endpoints, status, owner, tag } = exportFilter.shape;

/** What file is wanted. */
const exportRequest = z
  .object({
    format: z.enum(EXPORT_FORMATS),
    workspace_id: z.uuid().optional().describe('Default: the caller’s own workspace'),
    from: text(1, 40).optional().describe('Start of the range: ISO 8601, with an offset or as shown in time_zone'),
    to: text(1, 40).optional().describe('End of the range, which does not belong to it'),
    time_zone: text(1, 64).optional().describe('IANA name. Default: the workspace’s'),
    key_hashes: keyHashes,
    environment,
    models: models.describe('`(none)`: events that name no model'),
    endpoints: endpoints.describe('`(none)`: events that name no endpoint'),
    status,
    owner,
    tag,
    group_by: z.literal('model').optional().describe('Of langdock-api-keys: a row per key and model'),
    provider_name: text(1, 200).optional().describe('Of focus-1.2. Default: Keyledger'),
    publisher_name: text(1, 200).optional().describe('Of focus-1.2, where events name no provider. Default: Keyledger'),
    invoice_issuer_name: text(1, 200).optional().describe('Of focus-1.2. Default: Keyledger'),
  })
  .meta({ id: 'ExportRequest' });
export type ExportRequest = z.output<typeof exportRequest>;

const exportInfo = z
  .object({
    id: z.uuid(),
    workspace_id: z.uuid(),
    format: z.enum(EXPORT_FORMATS),
    state: z.enum(EXPORT_STATES),
    from: instant.nullable(),
    to: instant.nullable(),
    time_zone: z.string(),
    file_name: z.string(),
    row_count: z.int(),
    row_total: z.int().nullable(),
    size_bytes: z.int(),
    error: z.string().nullable(),
    created_by: z.string().nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
    file_expires_at: instant.nullable(),
  })
  .meta({ id: 'Export' });
export type ExportInfo = z.infer<typeof exportInfo>;

const preview = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  row_total: z.int().nullable(),
});

export const createExport = endpoint('createExport', ['POST', '/api/v1/exports'], {
  summary: 'Make a file of usage or keys, in the background',
  params: nothing,
  query: nothing,
  body: exportRequest,
  success: z.object({ data: exportInfo }),
  status: 201,
  errors: [400, 403, 404, 413],
});

export const previewExport = endpoint('previewExport', ['POST', '/api/v1/exports/preview'], {
  summary: 'The first 20 rows of a file as it would be made now',
  params: nothing,
  query: nothing,
  body: exportRequest,
  success: z.object({ data: preview }),
  errors: [400, 403, 404, 413],
});

export const streamExport = endpoint('streamExport', ['POST', '/api/v1/exports/stream'], {
  summary: 'A file of usage or keys, sent as it is made and kept nowhere',
  params: nothing,
  query: nothing,
  body: exportRequest,
  success: z.string().describe('RFC 4180, UTF-8'),
  contentType: 'text/csv; charset=utf-8',
  errors: [400, 403, 404, 413],
});

export const listExports = endpoint('listExports', ['GET', '/api/v1/exports'], {
  summary: 'Exports of a workspace, newest first',
  params: nothing,
  query: z.object({
    workspace_id: z.uuid().optional(),
    offset: z.coerce.number().pipe(z.int().min(0).max(OFFSET_MAX)).default(0),
    limit: z.coerce.number().pipe(z.int().min(1).max(PAGE_SIZE_MAX)).default(PAGE_SIZE_MAX),
  }),
  body: null,
  success: z.object({ data: z.array(exportInfo), total_count: z.int() }),
  errors: [400, 403, 404],
});

export const getExport = endpoint('getExport', ['GET', '/api/v1/exports/{id}'], {
  summary: 'An export and how far it is',
  params: idParams,
  query: nothing,
  body: null,
  success: z.object({ data: exportInfo }),
  errors: [403, 404],
});

export const getExportPreview = endpoint('getExportPreview', ['GET', '/api/v1/exports/{id}/preview'], {
  summary: 'The first 20 rows of an export as it would be made now',
  params: idParams,
  query: nothing,
  body: null,
  success: z.object({ data: preview }),
  errors: [400, 403, 404],
});

export const deleteExport = endpoint('deleteExport', ['DELETE', '/api/v1/exports/{id}'], {
  summary: 'Cancel an export, or remove a finished one with its file',
  description: 'An export that is not finished stays in the list as cancelled. Links to its file end at once.',
  params: idParams,
  query: nothing,
  body: null,
  success: z.object({ deleted: z.literal(true) }),
  errors: [403, 404],
});

export const createExportLink = endpoint('createExportLink', ['POST', '/api/v1/exports/{id}/link'], {
  summary: 'A fresh signed link to the file of a finished export; it needs no header',
  params: idParams,
  query: nothing,
  body: z
    .object({ ttl_seconds: z.int().min(LINK_SECONDS_MIN).max(LINK_SECONDS_MAX).default(LINK_SECONDS_DEFAULT) })
    .default({ ttl_seconds: LINK_SECONDS_DEFAULT }),
  success: z.object({ data: z.object({ url: z.url(), expires_at: instant }) }),
  status: 201,
  errors: [400, 403, 404, 409, 413],
});

export const downloadExport = endpoint('downloadExport', ['GET', '/api/v1/downloads/{workspace_id}/{id}/{name}'], {
  summary: 'The file that a signed link opens',
  description: 'Answers a Range, If-None-Match and Accept-Encoding: gzip.',
  audience: { kind: 'public' },
  params: z.object({ workspace_id: identifier, id: identifier, name: identifier }),
  query: z.object({ expires: z.string().optional(), signature: z.string().optional() }),
  body: null,
  success: z.string().describe('RFC 4180, UTF-8'),
  contentType: 'text/csv; charset=utf-8',
  errors: [403, 404, 416],
});
