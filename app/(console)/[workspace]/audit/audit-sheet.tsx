'use client';

import { ListFilter } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button-link';
import { CopyButton } from '@/components/ui/copy-button';
import { DefinitionList } from '@/components/ui/definition-list';
import { Link } from '@/components/ui/link';
import { SectionHeader } from '@/components/ui/section';
import { Sheet } from '@/components/ui/sheet';
import { actorKindWords } from './action-words';
import { ALL_ENTRIES, auditHref } from './audit-params';
import { useAuditPlace } from './audit-place';
import type { AuditRow } from './audit-row';
import type { DetailLine } from './detail-line';
import { UndoChange } from './undo-change';

/** The details of the entry in the address: one of the page, or the one that a link named. */
export function AuditSheet({ rows, linked }: { rows: readonly AuditRow[]; linked: AuditRow | null }) {
  const { openId, close } = useAuditPlace();
  const row = openId === null ? undefined : [...rows, ...(linked ? [linked] : [])].find(({ id }) => id === openId);
  return row && <EntrySheet row={row} onClose={close} />;
}

function EntrySheet({ row, onClose }: { row: AuditRow; onClose: () => void }) {
  const { slug, params } = useAuditPlace();
  const icon = <ListFilter size={14} strokeWidth={1.9} aria-hidden="true" />;
  const only = (change: Partial<typeof params>) => auditHref(slug, { ...ALL_ENTRIES, scope: params.scope }, change);
  return (
    <Sheet open onOpenChange={(isOpen) => !isOpen && onClose()} title={row.what} description={row.subjectName}>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-6 py-5 max-md:px-4">
        <DefinitionList
          isRuledAround
          items={[
            { term: 'When', detail: row.exactTime },
            { term: 'Who', detail: <span className="wrap-anywhere">{row.actorLabel}</span> },
            { term: 'Acted as', detail: actorKindWords[row.actorKind] },
            {
              term: 'Subject',
              detail:
                row.subjectHref === null ? (
                  <span className="wrap-anywhere">{row.subjectName}</span>
                ) : (
                  <Link href={row.subjectHref} className="link wrap-anywhere">
                    {row.subjectName}
                  </Link>
                ),
            },
            { term: 'Subject id', detail: <Id text={row.subjectId} name="subject id" /> },
            { term: 'Request', detail: <Id text={row.requestId} name="request id" /> },
          ]}
        />
        {row.lines.length > 0 && <Changes lines={row.lines} />}
        <UndoChange row={row} onUndone={onClose} />
        <div className="flex flex-wrap gap-2">
          <ButtonLink size="sm" icon={icon} href={only({ subject: row.subjectId })}>
            All about this subject
          </ButtonLink>
          <ButtonLink size="sm" icon={icon} href={only({ actor: row.actorId })}>
            All by this actor
          </ButtonLink>
        </div>
      </div>
    </Sheet>
  );
}

function Id({ text, name }: { text: string; name: string }) {
  return (
    <span className="flex items-center justify-end gap-1">
      <span className="mono min-w-0 truncate" title={text}>
        {text}
      </span>
      <CopyButton text={text} label={`Copy ${name}`} isIconOnly />
    </span>
  );
}

/** A table where something became something else, else a list of facts. */
function Changes({ lines }: { lines: readonly DetailLine[] }) {
  if (lines.every(({ before }) => before === undefined)) {
    return (
      <section aria-label="Details">
        <SectionHeader title="Details" />
        <DefinitionList
          isRuledAround
          items={lines.map(({ term, after }) => ({ term, detail: <span className="wrap-anywhere">{after}</span> }))}
        />
      </section>
    );
  }
  return (
    <section aria-label="Changes">
      <SectionHeader title="Changes" />
      <table className="w-full border-collapse text-left">
        <thead className="text-xs text-fg-3">
          <tr className="border-b border-line [&>th]:py-1.5 [&>th]:pr-3 [&>th]:font-medium">
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ term, before, after }) => (
            <tr key={term} className="border-b border-line align-top [&>*]:py-2 [&>*]:pr-3">
              <th scope="row" className="font-normal text-fg-2">
                {term}
              </th>
              <td className="text-fg-3 wrap-anywhere">{before ?? '–'}</td>
              <td className="wrap-anywhere">{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
