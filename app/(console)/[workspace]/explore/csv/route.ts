import { formatDate } from '@/components/format/time';
import { AppError } from '@/lib/core/errors';
import { requireSession } from '@/lib/entry/session';
import { toSearchParams } from '../../search-params';
import { toCsv } from '../explore-csv';
import { toRows } from '../explore-rows';
import { sortRows } from '../explore-sort';
import { exploreTitle } from '../explore-words';
import { readOrRefuse } from '../read-explore';
import { readExploreParams } from '../read-explore-params';

type Context = { params: Promise<{ workspace: string }> };

/** What the page of the same address shows, as a file. For whoever may read the page. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const session = await requireSession((await params).workspace);
  const zone = session.workspace.timeZone;
  const chosen = readExploreParams(toSearchParams(new URL(request.url).search));
  const explored = await readOrRefuse(session, chosen);
  if (explored instanceof AppError) return new Response(`${explored.message}\n`, { status: 400 });
  const { breakdown, period, granularity, slots, facts } = explored;
  const rows = sortRows(toRows(breakdown, { slots, facts, isLastOpen: period.isOpen }), chosen.sort);
  const days = `${formatDate(period.from, zone)} to ${formatDate(new Date(period.to.getTime() - 1), zone)}`;
  const name = `${exploreTitle(chosen)} ${days}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return new Response(toCsv({ params: chosen, breakdown, rows, granularity, zone, isLastOpen: period.isOpen }), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
}
