import { publicBaseUrl } from '@/lib/entry/base-url';
import { openApiDocument } from '@/lib/entry/openapi';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json(openApiDocument(publicBaseUrl()));
}
