import { Terminal } from 'lucide-react';
import type { Metadata } from 'next';
import { formatExactMoney, formatMoney } from '@/components/format/money';
import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { ButtonLink } from '@/components/ui/button-link';
import { Pager } from '@/components/ui/pager';
import { SectionHeader } from '@/components/ui/section';
import { TopBar } from '@/components/ui/top-bar';
import { requireSession, type Session } from '@/lib/entry/session';
import { REFUSED_PARAMETER } from '../posted-form';
import type { SearchParams } from '../search-params';
import { ExportForm } from './export-form';
import { ExportPreview, LargePreview } from './export-preview';
import { ExportsHistory } from './exports-history';
import { EXPORTS_PAGE_SIZE, type ExportsParams, exportsHref, exportsQuery } from './exports-params';
import { daysWords } from './exports-words';
import { NoExports } from './no-exports';
import { type ExportSummary, type ExportsPage, readExportsPage } from './read-exports';
import { daysOf, readExportsParams } from './read-exports-params';

export const metadata: Metadata = { title: 'Exports' };

/** A preview of more events is made only when it is asked for. Single events are counted, in other files they are added up. */
const PREVIEW_REQUESTS_MAX = { counted: 250_000n, summed: 100_000n };
const PREVIEW_PARAMETER = 'preview';

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

export default async function ExportsPageOfWorkspace({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace, role } = session;
  if (!call.scopes.has('usage:export')) return <NoExports role={role} workspaceName={workspace.name} />;
  const given = await searchParams;
  const chosen = readExportsParams(given);
  const page = await readExportsPage(session, chosen);
  return (
    <>
      <TopBar
        title="Exports"
        actions={
          <ButtonLink size="sm" href="/reference" icon={<Terminal size={14} strokeWidth={1.9} aria-hidden="true" />}>
            Export API
          </ButtonLink>
        }
        mobileActions={<span />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[344px_minmax(0,1fr)] lg:min-h-[calc(100dvh-var(--bar-h))]">
        <section
          aria-label="New export"
          className="border-line px-(--page-x) pt-[18px] pb-6 max-lg:border-b lg:border-r"
        >
          <SectionHeader title="New export" />
          <NewExport
            session={session}
            chosen={chosen}
            page={page}
            wasRefused={given[REFUSED_PARAMETER] !== undefined}
          />
        </section>
        <div className="min-w-0">
          <PreviewPlace
            session={session}
            chosen={chosen}
            page={page}
            isAsked={given[PREVIEW_PARAMETER] !== undefined}
          />
          <section aria-label="History" className="pt-[26px]">
            <SectionHeader
              title="History"
              hint={`${formatPlural(page.total, 'export')}. Signed links are made when you click and work for 15 minutes.`}
              isInFlush
            />
            <ExportsHistory
              slug={workspace.slug}
              rows={page.history}
              zone={workspace.timeZone}
              now={call.now}
              page={chosen.page}
            />
            {page.total > EXPORTS_PAGE_SIZE && (
              <HistoryPager slug={workspace.slug} chosen={chosen} total={page.total} />
            )}
          </section>
        </div>
      </div>
    </>
  );
}

type PartProps = { session: Session; chosen: ExportsParams; page: ExportsPage };

function NewExport({ session: { call, workspace }, chosen, page, wasRefused }: PartProps & { wasRefused: boolean }) {
  const zone = chosen.zone ?? workspace.timeZone;
  const days = daysOf(chosen, zone, call.now);
  const { options, parameters, summary } = page;
  return (
    <ExportForm
      slug={workspace.slug}
      params={chosen}
      days={days}
      zone={zone}
      now={call.now}
      owners={options.owners}
      tags={options.tags}
      models={options.models}
      endpoints={options.endpoints}
      keyNames={chosen.keys.map((hash) => options.keyNames.get(hash) ?? `${hash.slice(0, 8)}…`)}
      wasRefused={wasRefused}
      refusal={refusalOf(page, daysWords(days))}
      summary={
        typeof parameters === 'string' ? (
          <p className="text-danger-fg">{parameters}</p>
        ) : (
          summary && <SummaryList summary={summary} />
        )
      }
    />
  );
}

function refusalOf({ parameters, summary }: ExportsPage, days: string): string | null {
  if (typeof parameters === 'string') return parameters;
  return summary?.requests === 0n ? `No usage in ${days} that the filters leave` : null;
}

/** What the books say of the same range and filters: a file of usage adds up to it. */
function SummaryList({ summary: { requests, costNanoUsd, byokNanoUsd } }: { summary: ExportSummary }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-1.5 [&>dd]:text-right">
      <dt className="text-fg-2">Covers</dt>
      <dd>{`${formatCount(requests)} ${requests === 1n ? 'request' : 'requests'}`}</dd>
      <dt className="text-fg-2">Will add up to</dt>
      <dd className="font-medium" title={formatExactMoney(costNanoUsd)}>
        {formatMoney(costNanoUsd)}
      </dd>
      {byokNanoUsd > 0n && (
        <>
          <dt className="text-fg-2">of it BYOK</dt>
          <dd title={formatExactMoney(byokNanoUsd)}>{formatMoney(byokNanoUsd)}</dd>
        </>
      )}
    </dl>
  );
}

function PreviewPlace({ session, chosen, page, isAsked }: PartProps & { isAsked: boolean }) {
  const { parameters, summary } = page;
  if (typeof parameters === 'string') return null;
  const requestsMax = PREVIEW_REQUESTS_MAX[parameters.format === 'usage-events' ? 'counted' : 'summed'];
  const isLarge = parameters.range !== null && (summary === null || summary.requests > requestsMax);
  if (isLarge && !isAsked) {
    const query = new URLSearchParams([...exportsQuery(chosen), [PREVIEW_PARAMETER, 'shown']]);
    return <LargePreview href={`/${session.workspace.slug}/exports?${query}`} />;
  }
  return <ExportPreview session={session} parameters={parameters} />;
}

function HistoryPager({ slug, chosen, total }: { slug: string; chosen: ExportsParams; total: number }) {
  const { page } = chosen;
  const last = Math.min(page * EXPORTS_PAGE_SIZE, total);
  return (
    <Pager
      summary={`${(page - 1) * EXPORTS_PAGE_SIZE + 1}–${last} of ${formatPlural(total, 'export')}`}
      previousHref={page > 1 ? exportsHref(slug, { ...chosen, page: page - 1 }) : null}
      nextHref={last < total ? exportsHref(slug, { ...chosen, page: page + 1 }) : null}
    />
  );
}
