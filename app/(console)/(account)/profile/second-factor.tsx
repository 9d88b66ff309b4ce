'use client';

import { KeyRound, ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import { formatPlural } from '@/components/format/text';
import { formatDate } from '@/components/format/time';
import { Button } from '@/components/ui/button';
import { Status } from '@/components/ui/status';
import type { AccountSecurity } from '@/lib/users/contract';
import { removeSecondFactorAction, renewRecoveryCodesAction } from './actions';
import { PasswordDialog } from './password-dialog';
import { RecoveryCodesDialog } from './recovery-codes-dialog';
import { SetUpDialog } from './set-up-dialog';

type SecondFactorProps = { security: AccountSecurity; providerName: string | null; now: Date };
type Open = 'set-up' | 'renew' | 'remove' | null;

/** Few codes left: make new ones before the last is gone. */
const CODES_FEW = 3;

export function SecondFactor({ security, providerName }: SecondFactorProps) {
  const { hasPassword, secondFactorSince, recoveryCodesLeft } = security;
  const [open, setOpen] = useState<Open>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => setOpen(null);
  if (!hasPassword) {
    return (
      <p className="max-w-[64ch] text-fg-2">
        You sign in through {providerName ?? 'your provider'}, which asks for its own second factor where it is set up
        so.
      </p>
    );
  }
  const dialogs = (
    <>
      {open === 'set-up' && <SetUpDialog onClose={close} />}
      {open === 'renew' && (
        <PasswordDialog
          title="Make new recovery codes"
          description="Those that you have work no more then."
          confirmLabel="Make new codes"
          action={renewRecoveryCodesAction}
          onDone={(made) => {
            close();
            setCodes(made);
          }}
          onClose={close}
        />
      )}
      {open === 'remove' && (
        <PasswordDialog
          title="Remove the second factor"
          description="Signing in then takes your password alone. The recovery codes work no more."
          confirmLabel="Remove"
          isDanger
          action={removeSecondFactorAction}
          onDone={close}
          onClose={close}
        />
      )}
      {codes && <RecoveryCodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </>
  );
  if (secondFactorSince === null) {
    return (
      <div className="flex flex-col items-start gap-3">
        <Status tone="idle" label="Not set up" />
        <p className="max-w-[64ch] text-fg-2">
          With it, a stolen password is not enough to get in. You need an app that makes codes, such as the one that
          your phone has for passwords.
          {providerName && ` Signing in through ${providerName} does not ask for it: the provider has its own.`}
        </p>
        <Button
          icon={<ShieldCheck size={15} strokeWidth={1.75} aria-hidden="true" />}
          onClick={() => setOpen('set-up')}
        >
          Set up second factor
        </Button>
        {dialogs}
      </div>
    );
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <Status tone="ok" label={`On since ${formatDate(secondFactorSince)}`} />
        <Status
          tone={recoveryCodesLeft <= CODES_FEW ? 'near' : 'ok'}
          label={`${formatPlural(recoveryCodesLeft, 'recovery code')} left`}
        />
      </div>
      {providerName && (
        <p className="max-w-[64ch] text-fg-2">
          {`Signing in through ${providerName} does not ask for it: the provider has its own.`}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button icon={<KeyRound size={15} strokeWidth={1.75} aria-hidden="true" />} onClick={() => setOpen('renew')}>
          Make new recovery codes
        </Button>
        <Button
          variant="danger-outline"
          icon={<ShieldOff size={15} strokeWidth={1.75} aria-hidden="true" />}
          onClick={() => setOpen('remove')}
        >
          Remove
        </Button>
      </div>
      {dialogs}
    </div>
  );
}
