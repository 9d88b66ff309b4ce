'use client';

import { KeyRound } from 'lucide-react';
import { useRef } from 'react';
import { formatDate } from '@/components/format/time';
import { DefinitionList } from '@/components/ui/definition-list';
import { Dialog } from '@/components/ui/dialog';
import { SecretReveal } from '@/components/ui/secret-reveal';
import type { RevealedManagementKey } from './revealed';
import { describeScopes } from './scope-words';

const CHECKSUM_LENGTH = 6;

type RevealDialogProps = { made: RevealedManagementKey; baseUrl: string; onClose: () => void };

/** The secret for the only time. It lives in this dialog's memory and goes with it. */
export function RevealDialog({ made, baseUrl, onClose }: RevealDialogProps) {
  const copyRef = useRef<HTMLButtonElement>(null);
  const { name, secret, label, isAccountWide, scopes, expiresAt } = made;
  const line = `KEYLEDGER_MANAGEMENT_KEY=${secret}`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Save the secret of ${name}`}
      description="You can see it only now. Keyledger keeps a hash, so nobody can show it to you again."
      icon={
        <span className="grid size-8 flex-none place-items-center rounded-md border border-ok-line bg-ok-soft text-ok-fg">
          <KeyRound size={16} strokeWidth={1.75} aria-hidden="true" />
        </span>
      }
      size="lg"
      isLocked
      initialFocusRef={copyRef}
    >
      <SecretReveal
        secret={secret}
        prefixLength={label.indexOf('mgmt_') + 'mgmt_'.length}
        checksumLength={CHECKSUM_LENGTH}
        hint={label.replace('...', '…')}
        forms={[
          { id: 'env', label: '.env', text: line },
          { id: 'curl', label: 'curl', text: `curl ${baseUrl}/api/v1/keys -H "Authorization: Bearer ${secret}"` },
        ]}
        facts={
          <DefinitionList
            isRuledAround
            items={[
              { term: 'Reach', detail: isAccountWide ? 'Whole account' : 'This workspace' },
              { term: 'Scopes', detail: describeScopes(scopes) },
              { term: 'Expires', detail: expiresAt ? `${formatDate(expiresAt)}, UTC` : 'Never' },
            ]}
          />
        }
        acknowledgement="I have stored the secret in a safe place."
        acknowledgementHelp="If you lose it, delete the key and create another."
        context="Closing does not delete the key."
        onDone={onClose}
        copyRef={copyRef}
      />
    </Dialog>
  );
}
