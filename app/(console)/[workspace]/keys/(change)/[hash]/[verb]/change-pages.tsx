'use client';

import { Link } from '@/components/ui/link';
import type { ActionState } from '@/lib/entry/action-state';
import { ConfirmForm } from '../../../../../../confirm-form';
import { PageForm } from '../../../../../../page-form';
import { useForm } from '../../../../../../use-form';
import { FormSection } from '../../../../form-page';
import { EndGraceText, GraceFields } from '../../../(key)/[hash]/secrets/change-grace';
import type { SecretRow } from '../../../(key)/[hash]/secrets/secret-rows';
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
    <PageForm {...useFrame(row)} form={form} submitLabel="Save">
      <input type="hidden" name="leave" value="true" />
      <EditFields row={row} state={form.state} />
    </PageForm>
  );
}

export function RotatePage({ row, action }: PageProps<RevealedSecret>) {
  const form = useForm(action);
  const frame = useFrame(row);
  if (form.state.status === 'ok') return <RevealPanel revealed={form.state.value} doneHref={frame.cancelHref} />;
  return (
    <PageForm {...frame} form={form} submitLabel="Rotate and show new secret">
      <p className="text-fg-2">A new secret is created. Name, limit, spend and history stay.</p>
      <RotateFields row={row} state={form.state} />
    </PageForm>
  );
}

/** Disables a key, or enables it again. */
export function SwitchPage({ row, action, isOff }: PageProps<ChangedByRequest> & { isOff: boolean }) {
  const frame = useFrame(row);
  return (
    <ConfirmForm
      {...frame}
      action={action}
      fields={{ hash: row.hash, disabled: String(isOff) }}
      submitLabel={isOff ? 'Disable key' : 'Enable key'}
      isDanger={isOff}
    >
      <p className="text-fg-2">{isOff ? EFFECTS.disable : EFFECTS.enable}</p>
      <p className="text-fg-2">
        To end it for good,{' '}
        <Link href={`${frame.cancelHref}/delete`} className="link">
          delete it
        </Link>
        .
      </p>
    </ConfirmForm>
  );
}

/** Ends a key for good, once its name was typed. */
export function DeletePage({ row, action }: PageProps<null>) {
  return (
    <ConfirmForm
      {...useFrame(row)}
      action={action}
      fields={{ hash: row.hash }}
      submitLabel="Delete key"
      typeToConfirm={row.name}
    >
      <p className="text-fg-2">{EFFECTS.delete}</p>
    </ConfirmForm>
  );
}

/** Sets how long the old secret of a rotation goes on, or ends it. */
export function GracePage({ row, old, action }: PageProps<null> & { old: SecretRow }) {
  const form = useForm(action);
  const { cancelHref, context } = useFrame(row);
  const frame = { cancelHref: `${cancelHref}/secrets`, context };
  return (
    <>
      <FormSection title="Change the overlap">
        <PageForm {...frame} form={form} submitLabel="Save">
          <input type="hidden" name="leave" value="true" />
          <GraceFields row={row} old={old} state={form.state} />
        </PageForm>
      </FormSection>
      <FormSection title="End the old secret now">
        <ConfirmForm
          context={context}
          action={action}
          fields={{ hash: row.hash, grace: '0' }}
          submitLabel="End old secret"
        >
          <p className="text-fg-2">
            <EndGraceText row={row} old={old} />
          </p>
        </ConfirmForm>
      </FormSection>
    </>
  );
}

/** Given up, a change goes back to the key. */
function useFrame({ hash }: KeyRow) {
  const { slug, userEmail } = useKeysPlace();
  return {
    cancelHref: `/${slug}/keys/${hash}`,
    context: (
      <>
        Written to the audit log as <span className="text-fg-2">{userEmail}</span>
      </>
    ),
  };
}
