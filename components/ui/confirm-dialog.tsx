'use client';

import { AlertDialog } from 'radix-ui';
import { type ReactNode, useId, useState } from 'react';
import { Button } from './button';
import { DialogBody, DialogFooter } from './dialog';
import { FieldNote } from './field';
import { focusBack } from './focus-back';
import { focusFirst } from './focus-first';

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the object and the effect: "Disable 3 keys". */
  title: string;
  /** What happens at once, and what stays. */
  children?: ReactNode;
  confirmLabel: string;
  /** The reader must type this name first: for what can't be undone. */
  typeToConfirm?: string | undefined;
  isDanger?: boolean | undefined;
  pending: boolean;
  submitError: string | null | undefined;
  onConfirm: () => void;
};

/** Asks before an effect. The focus starts on Cancel, or on the name to type. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    children,
    confirmLabel,
    typeToConfirm,
    isDanger = true,
    pending,
    submitError,
    onConfirm,
  } = props;
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="scrim" />
        <AlertDialog.Content
          className="dialog"
          data-size="sm"
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={focusBack}
        >
          <ConfirmForm
            title={title}
            confirmLabel={confirmLabel}
            typeToConfirm={typeToConfirm}
            isDanger={isDanger}
            pending={pending}
            submitError={submitError}
            onConfirm={onConfirm}
          >
            {children}
          </ConfirmForm>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Mounted with the dialog, so the typed name is forgotten when it closes. */
function ConfirmForm(props: Omit<ConfirmDialogProps, 'open' | 'onOpenChange'>) {
  const { title, children, confirmLabel, typeToConfirm, isDanger, pending, submitError, onConfirm } = props;
  const [typed, setTyped] = useState('');
  const id = useId();
  const isUnlocked = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (isUnlocked && !pending) onConfirm();
      }}
    >
      <div className="px-6 pt-[18px] max-md:px-4">
        <AlertDialog.Title className="text-lg font-semibold tracking-[-0.01em] wrap-anywhere">
          {title}
        </AlertDialog.Title>
      </div>
      <DialogBody>
        <AlertDialog.Description asChild>
          <div className="-mt-3 text-fg-2">{children}</div>
        </AlertDialog.Description>
        {typeToConfirm !== undefined && (
          <div className="flex flex-col gap-1.5">
            <label htmlFor={id} className="text-xs font-medium text-fg-2">
              Type <b className="text-fg">{typeToConfirm}</b> to confirm
            </label>
            <span className="control-box">
              <input
                id={id}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                spellCheck={false}
              />
            </span>
          </div>
        )}
        {submitError && <FieldNote id={`${id}-error`} error={submitError} />}
      </DialogBody>
      <DialogFooter>
        <AlertDialog.Cancel asChild>
          <Button>Cancel</Button>
        </AlertDialog.Cancel>
        <Button
          type="submit"
          variant={isDanger ? 'danger' : 'primary'}
          isWorking={pending}
          disabledReason={isUnlocked ? null : `Type ${typeToConfirm} first`}
        >
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
