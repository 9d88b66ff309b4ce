'use client';

import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { QrCode } from '@/components/ui/qr-code';
import { TextField } from '@/components/ui/text-field';
import { fieldError, formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';
import { beginSecondFactorAction, confirmSecondFactorAction } from './actions';
import type { BegunFactor } from './begun-factor';
import { PasswordDialog } from './password-dialog';
import { RecoveryCodesDialog } from './recovery-codes-dialog';

/** Password, then the app, then the recovery codes. */
export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const [begun, setBegun] = useState<BegunFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodesDialog codes={codes} onClose={onClose} />;
  if (begun) return <AppDialog begun={begun} onConfirmed={setCodes} onClose={onClose} />;
  return (
    <PasswordDialog
      title="Set up second factor"
      description="First your password, then a code of your app."
      confirmLabel="Go on"
      action={beginSecondFactorAction}
      onDone={setBegun}
      onClose={onClose}
    />
  );
}

type AppDialogProps = { begun: BegunFactor; onConfirmed: (codes: string[]) => void; onClose: () => void };

function AppDialog({ begun, onConfirmed, onClose }: AppDialogProps) {
  const { state, isPending, run } = useCommand(confirmSecondFactorAction);
  const grouped = begun.secret.replace(/.{4}(?=.)/g, '$& ');
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add Keyledger to your app"
      description="Scan the code, then enter what the app shows."
      hasUnsavedInput
    >
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget), onConfirmed);
        }}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Turn on"
        onCancel={onClose}
      >
        <div className="flex gap-5 max-md:flex-col">
          <QrCode text={begun.uri} label="QR code for your authenticator app" />
          <div className="flex min-w-0 flex-1 flex-col gap-4">
            <div>
              <div className="text-xs font-medium text-fg-2">Or type this key into the app</div>
              <div className="mt-1.5 flex items-start gap-1">
                <code className="mono min-w-0 flex-1 wrap-anywhere">{grouped}</code>
                <CopyButton text={begun.secret} label="Copy key" isIconOnly />
              </div>
              <p className="mt-1 text-xs text-fg-3">By time, SHA-1, six digits.</p>
            </div>
            <TextField
              label="Code"
              name="code"
              isMono
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              placeholder="123456"
              help="It changes every thirty seconds."
              error={fieldError(state, 'code')}
            />
          </div>
        </div>
      </FormShell>
    </Dialog>
  );
}
