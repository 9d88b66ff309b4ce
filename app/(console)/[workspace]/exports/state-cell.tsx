import { formatCount } from '@/components/format/number';
import { formatPlural } from '@/components/format/text';
import { Progress } from '@/components/ui/progress';
import { Status } from '@/components/ui/status';
import type { ExportRow } from './export-row';
import { keptUntil } from './export-state';
import { formatLeft } from './exports-words';

/** How far an export is, and what came of it. */
export function StateCell({ row, now }: { row: ExportRow; now: Date }) {
  const { state, rowCount, rowTotal, error } = row;
  switch (state) {
    case 'pending':
      return <Status tone="info" label="Waiting" />;
    case 'running':
      return rowTotal === null ? (
        <Status tone="info" label={`Building, ${formatPlural(rowCount, 'row')}`} />
      ) : (
        <Progress
          label="Building"
          done={rowCount}
          total={Math.max(1, rowTotal)}
          detail={`${formatCount(rowCount)} of ${formatCount(rowTotal)}`}
        />
      );
    case 'done':
      return <DoneCell row={row} now={now} />;
    case 'failed':
      return (
        <div className="min-w-0">
          <Status tone="act" label="Failed" />
          <div className="truncate pl-[15px] text-xs text-fg-2" title={error ?? undefined}>
            {error}
          </div>
        </div>
      );
    case 'cancelled':
      return <Status tone="off" label="Cancelled" />;
  }
}

function DoneCell({ row, now }: { row: ExportRow; now: Date }) {
  const end = keptUntil(row, now);
  if (end === null) return <Status tone="idle" label="File deleted" />;
  return (
    <div>
      <Status tone="ok" label="Ready" />
      <div className="pl-[15px] text-xs text-fg-3">{`kept for ${formatLeft(end.getTime() - now.getTime())}`}</div>
    </div>
  );
}
