import { ScrollText } from 'lucide-react';
import type { Metadata } from 'next';
import { formatPlural } from '@/components/format/text';
import { formatDate } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { TopBar } from '@/components/ui/top-bar';
import { AUDIT_COUNT_MAX, type AuditPage } from '@/lib/audit/contract';
import { findAuditEntry, listAudit, listAuditActors } from '@/lib/audit/queries';
import { wallTime } from '@/lib/core/zone';
import { requireSession, widestCall } from '@/lib/entry/session';
import { adminsOnlyReason } from '../role-words';
import { type AuditParams, auditHref, hasFilters, PAGE_SIZE } from './audit-params';
import { AuditPlaceProvider } from './audit-place';
import { toAuditRow } from './audit-row';
import { AuditSheet } from './audit-sheet';
import { AuditTable } from './audit-table';
import { AuditToolbar } from './audit-toolbar';
import { readAuditParams, type SearchParams, toFilter, toPosition } from './read-audit-params';

export const metadata: Metadata = { title: 'Audit log' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

export default async function AuditPageOfWorkspace({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { workspace, role } = session;
  const widest = await widestCall(session);
  const canReadAccount = widest.workspace === null;
  const { entry, ...given } = readAuditParams(await searchParams);
  const log: AuditParams = canReadAccount ? given : { ...given, scope: 'workspace' };
  const call = log.scope === 'account' ? widest : session.call;
  const filter = toFilter(workspace.id, workspace.timeZone, log);
  const [page, actors, linked] = await Promise.all([
    listAudit(call, filter, toPosition(log), PAGE_SIZE),
    listAuditActors(call, filter.workspaceId),
    entry === null ? null : findAuditEntry(call, filter.workspaceId, BigInt(entry)),
  ]);
  const toRow = (found: (typeof page.rows)[number]) => toAuditRow(workspace.slug, workspace.timeZone, found);
  const rows = page.rows.map(toRow);
  return (
    <AuditPlaceProvider
      slug={workspace.slug}
      params={log}
      zone={workspace.timeZone}
      now={call.now}
      readOnlyReason={session.call.scopes.has('keys:write') ? null : adminsOnlyReason(role, workspace.name)}
    >
      <TopBar
        title="Audit log"
        hint={log.scope === 'account' ? 'Who changed what in the account' : `Who changed what in ${workspace.name}`}
      />
      <AuditToolbar
        actors={actors}
        subjectName={rows[0]?.subjectName ?? null}
        canReadAccount={canReadAccount}
        today={new Date(wallTime(workspace.timeZone, call.now.getTime())).toISOString().slice(0, 10)}
      />
      {rows.length > 0 ? <AuditTable rows={rows} /> : <NoEntries slug={workspace.slug} log={log} />}
      {(rows.length > 0 || page.hasNewer) && (
        <LogPager slug={workspace.slug} log={log} page={page} zone={workspace.timeZone} />
      )}
      <AuditSheet rows={rows} linked={linked && toRow(linked)} />
    </AuditPlaceProvider>
  );
}

type LogPagerProps = { slug: string; log: AuditParams; page: AuditPage; zone: string };

/** Pages go from entry to entry, so that none is shown twice or left out while the log grows. */
function LogPager({ slug, log, page, zone }: LogPagerProps) {
  const { rows, total, hasNewer, hasOlder } = page;
  const [first, last] = [rows[0], rows.at(-1)];
  const [newest, oldest] = [first && formatDate(first.at, zone), last && formatDate(last.at, zone)];
  return (
    <Pager
      summary={
        total >= AUDIT_COUNT_MAX
          ? `More than ${formatPlural(total, 'entry', 'entries')}`
          : formatPlural(total, 'entry', 'entries')
      }
      note={newest && (newest === oldest ? newest : `${oldest} – ${newest}`)}
      previousHref={hasNewer ? auditHref(slug, log, first ? { after: String(first.id) } : {}) : null}
      nextHref={hasOlder && last ? auditHref(slug, log, { before: String(last.id) }) : null}
    />
  );
}

function NoEntries({ slug, log }: { slug: string; log: AuditParams }) {
  const isFiltered = hasFilters(log);
  return (
    <EmptyState
      icon={<ScrollText size={18} strokeWidth={1.75} aria-hidden="true" />}
      title={isFiltered ? 'No entry matches' : 'Nothing was changed yet'}
      headingLevel={2}
      actions={
        isFiltered && (
          <ButtonLink
            size="sm"
            href={auditHref(slug, log, { search: '', actor: null, action: null, subject: null, from: null, to: null })}
          >
            Clear filters
          </ButtonLink>
        )
      }
    >
      {isFiltered
        ? 'The log has entries that these filters hide.'
        : 'Whoever creates, changes or deletes something is written down here, from the console and the API.'}
    </EmptyState>
  );
}
