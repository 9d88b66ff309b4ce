import { z } from 'zod';
import { defineEndpoint } from '../../core/endpoint';
import { text } from '../../core/text';

/**
 * Langdock's usage export by API key. Source: docs.langdock.com, Usage Export API, and the OpenAPI block of its page on
 * API keys. Served under the cloud's prefix and under that of a dedicated deployment, plain, as `/csv` and as `/json`.
 */
const PREFIXES = ['/export', '/api/public/export'] as const;

const zonedDate = z.object({
  date: text(1, 40).describe('ISO 8601. The clock time is local to `timezone`; a Z or an offset is dropped.'),
  timezone: text(1, 64).describe('IANA name'),
});

const exportBody = z.object({
  from: zonedDate,
  to: zonedDate.describe('Belongs to the range, to the millisecond; without a time the end of the day'),
  group_by: z.enum(['model']).optional(),
  workspace_id: z.uuid().optional().describe('For a key of the whole account. Default: the default workspace'),
});
export type ExportBody = z.output<typeof exportBody>;

const dateRange = z.object({ from: z.string(), to: z.string() });

const file = z.object({
  success: z.literal(true),
  data: z.object({
    filePath: z.string(),
    downloadUrl: z.url(),
    dataType: z.literal('api_keys'),
    recordCount: z.int(),
    dateRange,
  }),
});

const rows = z.object({
  success: z.literal(true),
  data: z.object({
    dataType: z.literal('api_keys'),
    recordCount: z.int(),
    dateRange,
    rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  }),
});

function endpoint<S extends z.ZodType>(prefix: string, suffix: '' | '/csv' | '/json', summary: string, schema: S) {
  const name = `${prefix === '/export' ? 'langdock' : 'langdockDedicated'}ExportApiKeys`;
  return defineEndpoint({
    operationId: `${name}${suffix === '' ? '' : suffix === '/csv' ? 'Csv' : 'Json'}`,
    contract: 'langdock',
    tag: 'Langdock',
    summary,
    description:
      'A row per API key that was used in the range, or per key and model. 404 where none was. At most 1,000,000 rows and 500 requests a minute and workspace.',
    method: 'POST',
    path: `${prefix}/api-keys${suffix}`,
    audience: { kind: 'management', scope: 'usage:export' },
    params: z.object({}),
    query: z.object({}),
    body: exportBody,
    success: { status: 200, description: summary, schema },
    errors: [400, 403, 404],
    refusesBrowsers: true,
  });
}

/** Each answers with a path and a signed link. */
export const fileEndpoints = PREFIXES.flatMap((prefix) => [
  endpoint(prefix, '', 'Usage by API key as a file', file),
  endpoint(prefix, '/csv', 'Usage by API key as a CSV file', file),
]);

/** Each answers with the rows themselves. */
export const rowEndpoints = PREFIXES.map((prefix) => endpoint(prefix, '/json', 'Usage by API key as JSON', rows));
