import { ScrollText } from 'lucide-react';
import type { Metadata } from 'next';
import { formatPlural } from '@/components/format/text';
import { formatDate } from '@/components/format/time';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { RuledSheet, SectionHeader } from '@/components/ui/section';
import { AUDIT_COUNT_MAX, type AuditPosition } from '@/lib/audit/contract';
import { listAudit } from '@/lib/audit/queries';
import { orUnread, Unread } from '@/lib/entry/unread';
import { toAuditRow } from '../../../../audit/audit-row';
import { UnreadPanel } from '../../../../unread-panel';
import { KeyFrame, tabHref } from '../key-frame';
import { type KeyParams, readKeyPage, readKeyTitle } from '../read-key-page';
import { ActivityTable } from './activity-table';

type Props = {
  params: KeyParams;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

const PAGE_SIZE = 25;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readKeyTitle(params, 'Activity') };
}

export default async function KeyActivityPage({ params, searchParams }: Props) {
  const start = await readKeyPage(params);
  const { session, row, place } = start;
  const { call, workspace } = session;
  const position = toPosition(await searchParams);
  const page = await orUnread(
    call,
    listAudit(call, { workspaceId: workspace.id, subjectId: row.hash }, position, PAGE_SIZE),
  );
  if (page instanceof Unread) {
    return (
      <KeyFrame start={start} tab="activity">
        <UnreadPanel title="The activity could not be read" reference={page.reference} headingLevel={2} />
      </KeyFrame>
    );
  }
  const href = tabHref(place.slug, row.hash, 'activity');
  const [first, last] = [page.rows[0], page.rows.at(-1)];
  return (
    <KeyFrame start={start} tab="activity">
      <RuledSheet>
        <div className="pt-[18px]">
          <SectionHeader
            title="Activity"
            hint="Who changed this key, and how. Its usage is under Events."
            isInFlush
            aside={
              <ButtonLink
                size="sm"
                variant="ghost"
                href={`/${place.slug}/audit?subject=${row.hash}`}
                className="-my-1 -mr-2"
              >
                Open in the audit log
              </ButtonLink>
            }
          />
          {page.rows.length > 0 ? (
            <ActivityTable
              rows={page.rows.map((entry) => toAuditRow(place.slug, place.timeZone, entry))}
              zone={place.timeZone}
              now={call.now}
            />
          ) : (
            <EmptyState
              icon={<ScrollText size={18} strokeWidth={1.75} aria-hidden="true" />}
              title="Nothing was changed yet"
              headingLevel={2}
            >
              Whoever changes this key is written down here, from the console and the API.
            </EmptyState>
          )}
          {first && last && (
            <Pager
              summary={
                page.total >= AUDIT_COUNT_MAX
                  ? `More than ${formatPlural(page.total, 'entry', 'entries')}`
                  : formatPlural(page.total, 'entry', 'entries')
              }
              note={`${formatDate(last.at, place.timeZone)} – ${formatDate(first.at, place.timeZone)}`}
              previousHref={page.hasNewer ? `${href}?after=${first.id}` : null}
              nextHref={page.hasOlder ? `${href}?before=${last.id}` : null}
            />
          )}
        </div>
      </RuledSheet>
    </KeyFrame>
  );
}

/** An address may be typed: what names no entry is the newest. */
function toPosition({ before, after }: Awaited<Props['searchParams']>): AuditPosition {
  const id = /^\d{1,18}$/;
  if (typeof before === 'string' && id.test(before)) return { kind: 'before', id: BigInt(before) };
  if (typeof after === 'string' && id.test(after)) return { kind: 'after', id: BigInt(after) };
  return { kind: 'newest' };
}
