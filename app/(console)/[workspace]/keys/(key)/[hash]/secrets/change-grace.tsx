'use client';

import { useId, useState } from 'react';
import { formatMoment } from '@/components/format/time';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormShell } from '@/components/ui/form-shell';
import { Segmented } from '@/components/ui/segmented';
import { Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import { useIsScripted } from '@/components/ui/use-is-scripted';
import { useNow } from '@/components/ui/use-now';
import { type ActionState, fieldError, formError } from '@/lib/entry/action-state';
import { formOf, useCommand } from '../../../../../../use-command';
import { setGraceAction } from '../../../actions';
import { GRACE_CHOICES, GRACE_SECONDS_PROPOSED } from '../../../grace-choices';
import type { KeyRow } from '../../../key-row';
import { useKeysPlace } from '../../../keys-place';
import type { SecretRow } from './secret-rows';

type ChangeGraceProps = { verb: 'end' | 'extend'; row: KeyRow; old: SecretRow; onClose: () => void };

/** Ends the overlap at once, or sets how long it goes on from now. */
export function ChangeGrace({ verb, row, old, onClose }: ChangeGraceProps) {
  const { slug } = useKeysPlace();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(setGraceAction.bind(null, slug));
  const now = useNow(row.now);
  if (verb === 'end') {
    return (
      <ConfirmDialog
        open
        onOpenChange={(isOpen) => !isOpen && onClose()}
        title="End the old secret now"
        confirmLabel="End old secret"
        pending={isPending}
        submitError={formError(state)}
        onConfirm={() =>
          run(formOf({ hash: row.hash, grace: '0' }), () => {
            show({ title: 'The old secret is ended', description: `${old.hint} is refused from now on.` });
            onClose();
          })
        }
      >
        <EndGraceText row={row} old={old} />
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Change the overlap"
      description="Both secrets work until it ends."
    >
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          run(form, () => {
            const endsAt = graceEnd(now, Number(form.get('grace')));
            show({
              title: 'The overlap is changed',
              description: `${old.hint} works until ${formatMoment(endsAt, now)}.`,
            });
            onClose();
          });
        }}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Save"
        onCancel={onClose}
      >
        <GraceFields row={row} old={old} state={state} />
      </FormShell>
    </Dialog>
  );
}

type OldSecretProps = { row: KeyRow; old: SecretRow };

/** What ending the old secret does. */
export function EndGraceText({ row, old }: OldSecretProps) {
  return (
    <>
      <span className="mono">{old.hint}</span> is refused by the very next request, and never works again.{' '}
      {old.lastUsedAt ? (
        <>
          It was last used <Time at={old.lastUsedAt} now={row.now} />.
        </>
      ) : (
        'It was never used.'
      )}
    </>
  );
}

/** How long the old secret goes on from now. */
export function GraceFields({ row, old, state }: OldSecretProps & { state: ActionState<unknown> }) {
  const [graceSeconds, setGraceSeconds] = useState(GRACE_SECONDS_PROPOSED);
  const now = useNow(row.now);
  // It follows the choice.
  const isScripted = useIsScripted();
  const id = useId();
  const label = 'Keep the old secret working for, from now';
  return (
    <>
      <input type="hidden" name="hash" value={row.hash} />
      <Field
        id={id}
        isGroup
        label={label}
        help={
          isScripted && (
            <>
              <span className="mono">{old.hint}</span> stops working on {formatMoment(graceEnd(now, graceSeconds), now)}
              .
            </>
          )
        }
        error={fieldError(state, 'grace')}
      >
        <Segmented
          label={label}
          name="grace"
          isFullWidth
          value={String(graceSeconds)}
          onChange={(event) => setGraceSeconds(Number(event.target.value))}
          options={GRACE_CHOICES.filter(({ seconds }) => seconds > 0).map((choice) => ({
            value: String(choice.seconds),
            label: choice.label,
          }))}
        />
      </Field>
    </>
  );
}

function graceEnd(now: Date, graceSeconds: number): Date {
  return new Date(now.getTime() + graceSeconds * 1000);
}
