'use client';

import { SegmentedLinks } from '@/components/ui/segmented';
import { ToolBar } from '@/components/ui/top-bar';
import type { AuditActor } from '@/lib/audit/contract';
import { FilterChips } from '../filter-chips';
import { SearchBox } from '../search-box';
import { actionWord } from './action-words';
import { AddFilter } from './add-filter';
import { type AuditParams, auditHref, auditQuery } from './audit-params';
import { useAuditPlace } from './audit-place';
import { describeDays } from './describe-days';

type AuditToolbarProps = {
  actors: readonly AuditActor[];
  /** The name of the subject that the address filters by. */
  subjectName: string | null;
  /** Whether the reader also reads the account's log. */
  canReadAccount: boolean;
  /** In the workspace's zone, `YYYY-MM-DD`. */
  today: string;
};

export function AuditToolbar({ actors, subjectName, canReadAccount, today }: AuditToolbarProps) {
  const { slug, params } = useAuditPlace();
  return (
    <ToolBar label="Filters">
      <SearchBox
        label="Name of the subject"
        search={params.search}
        path={`/${slug}/audit`}
        others={auditQuery({ ...params, search: '' })}
      />
      {canReadAccount && (
        <SegmentedLinks
          label="Whose log"
          options={(['workspace', 'account'] as const).map((scope) => ({
            label: scope === 'workspace' ? 'This workspace' : 'Account',
            href: auditHref(slug, params, { scope, actor: null, subject: null }),
            isCurrent: params.scope === scope,
          }))}
        />
      )}
      <FilterChips
        params={params}
        chips={chipsOf(params, actors, subjectName)}
        hrefOf={(change) => auditHref(slug, params, change)}
      />
      <AddFilter actors={actors} today={today} />
    </ToolBar>
  );
}

type ChipWords = { field: string; value: string; removed: Partial<AuditParams> };

function chipsOf(params: AuditParams, actors: readonly AuditActor[], subjectName: string | null): ChipWords[] {
  const { actor, action, subject, from, to } = params;
  const chips: ChipWords[] = [];
  if (actor !== null) {
    const value = actors.find(({ id }) => id === actor)?.label ?? actor.slice(0, 12);
    chips.push({ field: 'Who', value, removed: { actor: null } });
  }
  if (action !== null) chips.push({ field: 'What', value: actionWord(action), removed: { action: null } });
  if (subject !== null) {
    chips.push({ field: 'Subject', value: subjectName ?? `${subject.slice(0, 12)}…`, removed: { subject: null } });
  }
  const days = describeDays(from, to);
  if (days !== null) chips.push({ field: 'When', value: days, removed: { from: null, to: null } });
  return chips;
}
