'use client';

import { TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { formatMoment, formatWeekday } from '@/components/format/time';
import { Note } from '@/components/ui/banner';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormShell } from '@/components/ui/form-shell';
import { Segmented } from '@/components/ui/segmented';
import { Time } from '@/components/ui/time';
import { useIsScripted } from '@/components/ui/use-is-scripted';
import { useNow } from '@/components/ui/use-now';
import { type ActionState, fieldError, formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';
import { rotateKeyAction } from './actions';
import { GRACE_CHOICES, GRACE_SECONDS_PROPOSED } from './grace-choices';
import type { KeyRow } from './key-row';
import { useKeysPlace } from './keys-place';
import { RevealDialog } from './reveal-secret';

/** Asks how long the current secret goes on, and then shows the new one. */
export function RotateKey({ row, onClose }: { row: KeyRow; onClose: () => void }) {
  const { slug } = useKeysPlace();
  const { state, isPending, run } = useCommand(rotateKeyAction.bind(null, slug));
  if (state.status === 'ok') return <RevealDialog revealed={state.value} onDone={onClose} />;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Rotate ${row.name}`}
      description="A new secret is created. Name, limit, spend and history stay."
    >
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget));
        }}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Rotate and show new secret"
        onCancel={onClose}
      >
        <RotateFields row={row} state={state} />
      </FormShell>
    </Dialog>
  );
}

/** How long the current secret goes on. */
export function RotateFields({ row, state }: { row: KeyRow; state: ActionState<unknown> }) {
  const { now } = useKeysPlace();
  const [graceSeconds, setGraceSeconds] = useState<number>(GRACE_SECONDS_PROPOSED);
  // It follows the choice.
  const isScripted = useIsScripted();
  const id = useId();
  return (
    <>
      <input type="hidden" name="hash" value={row.hash} />
      <Field
        id={id}
        isGroup
        label="Keep the current secret working for"
        help={isScripted && <OldSecretEnd hint={row.hint} graceSeconds={graceSeconds} now={now} />}
        error={fieldError(state, 'grace')}
      >
        <Segmented
          label="Keep the current secret working for"
          name="grace"
          isFullWidth
          value={String(graceSeconds)}
          onChange={(event) => setGraceSeconds(Number(event.target.value))}
          options={GRACE_CHOICES.map(({ seconds, label }) => ({ value: String(seconds), label }))}
        />
      </Field>
      {row.graceEndsAt && (
        <Note
          tone="warn"
          icon={<TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />}
          title="This key is rotating already."
        >
          The secret before {row.hint}, which was to work until {formatMoment(row.graceEndsAt, now)}, stops at once.
        </Note>
      )}
      <p className="text-xs text-fg-2">
        {row.lastUsedAt ? (
          <>
            The key was last used <Time at={row.lastUsedAt} now={now} />.
          </>
        ) : (
          'The key has not been used yet.'
        )}
      </p>
    </>
  );
}

function OldSecretEnd({ hint, graceSeconds, now }: { hint: string; graceSeconds: number; now: Date }) {
  const current = useNow(now);
  const secret = <span className="mono">{hint}</span>;
  if (graceSeconds === 0) return <>{secret} is refused by the very next request.</>;
  const endsAt = new Date(current.getTime() + graceSeconds * 1000);
  const weekday = formatWeekday(endsAt).split(' ')[0];
  return (
    <>
      {secret} stops working on {weekday} {formatMoment(endsAt, current)}.
    </>
  );
}
