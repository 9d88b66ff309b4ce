'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps } from 'react';
import { Link } from '@/components/ui/link';
import { TextField } from '@/components/ui/text-field';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { PageForm } from '../../../../../../page-form';
import { useForm } from '../../../../../../use-form';
import type { ChangedByRequest } from '../../../changed-by-request';
import { EditFields } from '../../../edit-key-sheet';
import type { KeyRow } from '../../../key-row';
import { EFFECTS } from '../../../key-words';
import { useKeysPlace } from '../../../keys-place';
import { RevealPanel } from '../../../reveal-secret';
import type { RevealedSecret } from '../../../revealed-secret';
import { RotateFields } from '../../../rotate-key';

/** `action` is bound by the server, so that a form that is posted without scripts finds its state again. */
type PageProps<Value> = {
  row: KeyRow;
  action: (previous: ActionState<Value>, form: FormData) => Promise<ActionState<Value>>;
};

export function EditPage({ row, action }: PageProps<ChangedByRequest>) {
  const form = useForm(action);
  return (
    <ChangeForm row={row} form={form} submitLabel="Save">
      <input type="hidden" name="leave" value="true" />
      <EditFields row={row} state={form.state} />
    </ChangeForm>
  );
}

export function RotatePage({ row, action }: PageProps<RevealedSecret>) {
  const form = useForm(action);
  const router = useRouter();
  const href = useKeyHref(row);
  if (form.state.status === 'ok') return <RevealPanel revealed={form.state.value} onDone={() => router.push(href)} />;
  return (
    <ChangeForm row={row} form={form} submitLabel="Rotate and show new secret">
      <p className="text-fg-2">A new secret is created. Name, limit, spend and history stay.</p>
      <RotateFields row={row} state={form.state} />
    </ChangeForm>
  );
}

/** Disables a key, or enables it again. */
export function SwitchPage({ row, action, isOff }: PageProps<ChangedByRequest> & { isOff: boolean }) {
  const form = useForm(action);
  return (
    <ChangeForm row={row} form={form} submitLabel={isOff ? 'Disable key' : 'Enable key'} isDanger={isOff}>
      <input type="hidden" name="hash" value={row.hash} />
      <input type="hidden" name="disabled" value={String(isOff)} />
      <input type="hidden" name="leave" value="true" />
      <p className="text-fg-2">{isOff ? EFFECTS.disable : EFFECTS.enable}</p>
      <p className="text-fg-2">
        To end it for good,{' '}
        <Link href={`${useKeyHref(row)}/delete`} className="link">
          delete it
        </Link>
        .
      </p>
    </ChangeForm>
  );
}

/** Ends a key for good, once its name was typed. */
export function DeletePage({ row, action }: PageProps<null>) {
  const form = useForm(action);
  return (
    <ChangeForm row={row} form={form} submitLabel="Delete key" isDanger>
      <input type="hidden" name="hash" value={row.hash} />
      <input type="hidden" name="leave" value="true" />
      <p className="text-fg-2">{EFFECTS.delete}</p>
      <TextField
        label={`Type ${row.name} to confirm`}
        name="typedName"
        spellCheck={false}
        autoCapitalize="none"
        error={fieldError(form.state, 'typedName')}
      />
    </ChangeForm>
  );
}

type ChangeFormProps = Omit<ComponentProps<typeof PageForm>, 'cancelHref' | 'context'> & { row: KeyRow };

/** Given up, it goes back to the key. */
function ChangeForm({ row, ...form }: ChangeFormProps) {
  const { userEmail } = useKeysPlace();
  return (
    <PageForm
      {...form}
      cancelHref={useKeyHref(row)}
      context={
        <>
          Written to the audit log as <span className="text-fg-2">{userEmail}</span>
        </>
      }
    />
  );
}

function useKeyHref({ hash }: KeyRow): string {
  return `/${useKeysPlace().slug}/keys/${hash}`;
}
