'use client';

import { Undo2 } from 'lucide-react';
import { useEffect, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { useNow } from '@/components/ui/use-now';
import { UNDOABLE_ACTIONS } from '@/lib/keys/key-change';
import { useUndo } from '../keys/use-undo';
import { useAuditPlace } from './audit-place';
import type { AuditRow } from './audit-row';

/** How long after a change it is offered to be undone. */
const UNDO_MILLISECONDS = 10 * 60_000;

/** Gives a key back what a change of the last minutes took, for who missed the message of that change. */
export function UndoChange({ row, onUndone }: { row: AuditRow; onUndone: () => void }) {
  const { slug, now: serverNow, readOnlyReason } = useAuditPlace();
  const now = useNow(serverNow);
  const { undo } = useUndo(slug);
  const [isPending, startTransition] = useTransition();
  const [isUndone, setUndone] = useState(false);
  // The page is read anew first: an address that changes meanwhile would have the browser load all of it again.
  useEffect(() => {
    if (isUndone && !isPending) onUndone();
  }, [isUndone, isPending, onUndone]);
  const isLate = now.getTime() - row.at.getTime() > UNDO_MILLISECONDS;
  if (isLate || !UNDOABLE_ACTIONS.includes(row.action)) return null;
  const start = () =>
    startTransition(async () => {
      const { undone } = await undo([{ requestId: row.requestId, hashes: [row.subjectId] }], row.subjectName);
      if (undone > 0) setUndone(true);
    });
  return (
    <div className="flex items-center gap-3">
      <Button
        size="sm"
        icon={<Undo2 size={14} strokeWidth={1.9} aria-hidden="true" />}
        isWorking={isPending}
        disabledReason={readOnlyReason}
        onClick={start}
      >
        Undo
      </Button>
      <span className="text-xs text-fg-3">Offered for ten minutes, while nobody has changed the key since.</span>
    </div>
  );
}
