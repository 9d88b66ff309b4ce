'use client';

import { CircleCheck, RotateCw, TriangleAlert } from 'lucide-react';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import type { ActionState } from '@/lib/entry/action-state';
import type { Saved } from './saved';

type SaveNotesProps = {
  state: ActionState<Saved>;
  /** Shows what is saved now in place of what was typed. */
  onReload: () => void;
  /** Whether a message says already that it was saved. */
  isAnnounced: boolean;
};

/** Under a form's fields: that somebody else was faster, or, where no script announces it, that it was saved. */
export function SaveNotes({ state, onReload, isAnnounced }: SaveNotesProps) {
  if (state.status !== 'ok') return null;
  if (state.value.kind === 'saved') {
    if (isAnnounced) return null;
    return (
      <Note tone="ok" icon={<CircleCheck size={16} strokeWidth={1.75} aria-hidden="true" />}>
        Saved.
      </Note>
    );
  }
  return (
    <Note
      tone="warn"
      isAlert
      icon={<TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />}
      title="Not saved."
      action={
        <Button size="sm" icon={<RotateCw size={14} strokeWidth={1.9} aria-hidden="true" />} onClick={onReload}>
          Reload
        </Button>
      }
    >
      {state.value.message} Reload to see it; what you typed here is then replaced.
    </Note>
  );
}
