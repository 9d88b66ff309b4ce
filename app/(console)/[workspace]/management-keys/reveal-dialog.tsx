'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type RefObject, useRef } from 'react';
import { formatDate } from '@/components/format/time';
import { DefinitionList } from '@/components/ui/definition-list';
import { Dialog } from '@/components/ui/dialog';
import { SecretReveal } from '@/components/ui/secret-reveal';
import { RevealFrame } from '../reveal-frame';
import type { RevealedManagementKey } from './revealed';
import { describeScopes } from './scope-words';

const CHECKSUM_LENGTH = 6;

type RevealProps = { made: RevealedManagementKey; baseUrl: string; onClose: () => void };

const titleOf = ({ name }: RevealedManagementKey) => `Save the secret of ${name}`;
const WARNING = 'You can see it only now. Keyledger keeps a hash, so nobody can show it to you again.';

/** The secret for the only time. It lives in this dialog's memory and goes with it. */
export function RevealDialog(props: RevealProps) {
  const copyRef = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={titleOf(props.made)}
      description={WARNING}
      icon={
        <span className="grid size-8 flex-none place-items-center rounded-md border border-ok-line bg-ok-soft text-ok-fg">
          <KeyRound size={16} strokeWidth={1.75} aria-hidden="true" />
        </span>
      }
      size="lg"
      isLocked
      initialFocusRef={copyRef}
    >
      <Secret {...props} copyRef={copyRef} />
    </Dialog>
  );
}

/** The same on a page of its own, which is there without scripts too. */
export function RevealPage(props: Omit<RevealProps, 'onClose'> & { doneHref: string }) {
  const router = useRouter();
  return (
    <RevealFrame title={titleOf(props.made)} description={WARNING}>
      <Secret {...props} onClose={() => router.push(props.doneHref)} />
    </RevealFrame>
  );
}

type SecretProps = RevealProps & { doneHref?: string; copyRef?: RefObject<HTMLButtonElement | null> };

function Secret({ made, baseUrl, onClose, doneHref, copyRef }: SecretProps) {
  const { secret, label, isAccountWide, scopes, expiresAt } = made;
  const line = `KEYLEDGER_MANAGEMENT_KEY=${secret}`;
  return (
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
            { term: 'Expires', detail: expiresAt === null ? 'Never' : `${formatDate(new Date(expiresAt))}, UTC` },
          ]}
        />
      }
      acknowledgement="I have stored the secret in a safe place."
      acknowledgementHelp="If you lose it, delete the key and create another."
      context="Closing does not delete the key."
      onDone={onClose}
      doneHref={doneHref}
      copyRef={copyRef}
    />
  );
}
