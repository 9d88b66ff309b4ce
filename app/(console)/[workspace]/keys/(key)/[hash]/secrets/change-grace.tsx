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
import { useNow } from '@/components/ui/use-now';
import { fieldError, formError } from '@/lib/entry/action-state';
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
  const [graceSeconds, setGraceSeconds] = useState(GRACE_SECONDS_PROPOSED);
  const now = useNow(row.now);
  const id = useId();
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
        <span className="mono">{old.hint}</span> is refused by the very next request, and never works again.{' '}
        {old.lastUsedAt ? (
          <>
            It was last used <Time at={old.lastUsedAt} now={row.now} />.
          </>
        ) : (
          'It was never used.'
        )}
      </ConfirmDialog>
    );
  }
  const endsAt = new Date(now.getTime() + graceSeconds * 1000);
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
          run(new FormData(event.currentTarget), () => {
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
        <input type="hidden" name="hash" value={row.hash} />
        <Field
          id={id}
          isGroup
          label="Keep the old secret working for, from now"
          help={
            <>
              <span className="mono">{old.hint}</span> stops working on {formatMoment(endsAt, now)}.
            </>
          }
          error={fieldError(state, 'grace')}
        >
          <Segmented
            label="Keep the old secret working for, from now"
            name="grace"
            isFullWidth
            value={String(graceSeconds)}
            onChange={(event) => setGraceSeconds(Number(event.target.value))}
            options={GRACE_CHOICES.filter(({ seconds }) => seconds > 0).map(({ seconds, label }) => ({
              value: String(seconds),
              label,
            }))}
          />
        </Field>
      </FormShell>
    </Dialog>
  );
}
