'use client';

import { CircleAlert } from 'lucide-react';
import type { FormEventHandler, KeyboardEvent, ReactNode } from 'react';
import { Note } from './banner';
import { Button } from './button';
import { ButtonLink } from './button-link';
import { DialogBody, DialogFooter } from './dialog';
import { type SentFields, SentFieldsProvider } from './sent-fields';

type FormShellProps = {
  /** A server action or the dispatch of `useActionState`. */
  action?: ((data: FormData) => void | Promise<void>) | string | undefined;
  onSubmit?: FormEventHandler<HTMLFormElement> | undefined;
  onInput?: FormEventHandler<HTMLFormElement> | undefined;
  /** Required, so that no form forgets to say that it works. */
  pending: boolean;
  /** Required, so that no form forgets to say that saving failed. Errors of one field belong to the field. */
  submitError: string | null | undefined;
  /** What the fields begin with, where the form was posted and refused and no script runs. */
  sent?: SentFields | null | undefined;
  submitLabel: string;
  submitDisabledReason?: string | null | undefined;
  isDanger?: boolean | undefined;
  onCancel?: (() => void) | undefined;
  /** Where giving up leads, which needs no script; in place of `onCancel`. */
  cancelHref?: string | undefined;
  /** Left of the buttons, such as who the audit log will name. */
  context?: ReactNode;
  layout?: 'dialog' | 'page' | undefined;
  children: ReactNode;
};

/** Fields, the failed save, and the buttons. ⌘Enter and Ctrl+Enter submit. */
export function FormShell(props: FormShellProps) {
  const {
    action,
    onSubmit,
    onInput,
    pending,
    submitError,
    sent = null,
    submitLabel,
    submitDisabledReason,
    isDanger,
    onCancel,
    cancelHref,
    context,
    layout = 'dialog',
    children,
  } = props;
  const fields = <SentFieldsProvider value={sent}>{children}</SentFieldsProvider>;
  const error = submitError && (
    <Note
      tone="danger"
      isAlert
      icon={<CircleAlert size={16} strokeWidth={1.75} aria-hidden="true" />}
      title="Not saved."
    >
      {submitError}
    </Note>
  );
  const buttons = (
    <>
      {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      {cancelHref && <ButtonLink href={cancelHref}>Cancel</ButtonLink>}
      <Button
        type="submit"
        variant={isDanger ? 'danger' : 'primary'}
        isWorking={pending}
        disabledReason={submitDisabledReason}
        shortcut={layout === 'dialog' && !isDanger ? '⌘↵' : undefined}
      >
        {submitLabel}
      </Button>
    </>
  );
  return (
    <form
      {...(action === undefined ? {} : { action })}
      onSubmit={onSubmit}
      onInput={onInput}
      onKeyDown={submitByShortcut}
      noValidate
      className={layout === 'dialog' ? 'flex min-h-0 flex-1 flex-col' : 'flex flex-col gap-[18px]'}
    >
      {layout === 'dialog' ? (
        <>
          <DialogBody>
            {fields}
            {error}
          </DialogBody>
          <DialogFooter context={context}>{buttons}</DialogFooter>
        </>
      ) : (
        <>
          {fields}
          {error}
          <div className="flex flex-wrap items-center gap-2">
            {buttons}
            <span className="text-xs text-fg-3">{context}</span>
          </div>
        </>
      )}
    </form>
  );
}

function submitByShortcut(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
  event.preventDefault();
  const submit = event.currentTarget.querySelector<HTMLButtonElement>(
    'button[type="submit"]:not([aria-disabled="true"])',
  );
  if (submit) event.currentTarget.requestSubmit(submit);
}
