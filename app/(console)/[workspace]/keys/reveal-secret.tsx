'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type RefObject, useRef } from 'react';
import { DefinitionList } from '@/components/ui/definition-list';
import { Dialog } from '@/components/ui/dialog';
import { SecretReveal } from '@/components/ui/secret-reveal';
import { RevealFrame } from '../reveal-frame';
import { useKeysPlace } from './keys-place';
import { CHECKSUM_LENGTH, hintOf, prefixLengthOf, type RevealedSecret } from './revealed-secret';
import { API_KEY_VARIABLE, checkKeyCurl, recordUsageCurl } from './usage-examples';

type RevealProps = {
  revealed: RevealedSecret;
  onDone: () => void;
  onAnother?: (() => void) | undefined;
};

function titleOf({ kind, name }: RevealedSecret): string {
  return kind === 'created' ? `Save the secret of ${name}` : `Save the new secret of ${name}`;
}

const WARNING = 'You can see it only now. Keyledger keeps a hash, so nobody can show it to you again.';

/** Shows a secret for the only time. Nothing but its own buttons ends it. */
export function RevealDialog(props: RevealProps) {
  const copyRef = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      onOpenChange={() => {}}
      isLocked
      initialFocusRef={copyRef}
      title={titleOf(props.revealed)}
      description={WARNING}
      icon={
        <span className="grid size-8 flex-none place-items-center rounded-md border border-ok-line bg-ok-soft text-ok-fg">
          <KeyRound size={16} strokeWidth={1.75} aria-hidden="true" />
        </span>
      }
      size="lg"
    >
      <RevealedParts {...props} copyRef={copyRef} />
    </Dialog>
  );
}

type RevealPanelProps = Omit<RevealProps, 'onDone'> & { doneHref: string };

/** The same on a page of its own, which is there without scripts too. */
export function RevealPanel(props: RevealPanelProps) {
  const router = useRouter();
  return (
    <RevealFrame title={titleOf(props.revealed)} description={WARNING}>
      <RevealedParts {...props} onDone={() => router.push(props.doneHref)} />
    </RevealFrame>
  );
}

type PartsProps = RevealProps & { doneHref?: string; copyRef?: RefObject<HTMLButtonElement | null> };

function RevealedParts({ revealed, onDone, doneHref, onAnother, copyRef }: PartsProps) {
  const { baseUrl } = useKeysPlace();
  const { secret, kind } = revealed;
  const envLine = `${API_KEY_VARIABLE}=${secret}`;
  return (
    <SecretReveal
      secret={secret}
      prefixLength={prefixLengthOf(secret)}
      checksumLength={CHECKSUM_LENGTH}
      hint={hintOf(secret)}
      forms={[
        { id: 'env', label: '.env', text: envLine },
        { id: 'check', label: 'Check it', text: checkKeyCurl(baseUrl, secret) },
        { id: 'record', label: 'Record usage', text: recordUsageCurl(baseUrl, secret) },
      ]}
      download={{ fileName: '.env', text: `${envLine}\n` }}
      facts={<DefinitionList isRuledAround items={revealed.facts} />}
      acknowledgement="I have stored the secret in a safe place."
      acknowledgementHelp="If you lose it, rotate the key. The name, limits and history stay."
      context={kind === 'created' ? 'Closing does not delete the key.' : undefined}
      secondary={onAnother && { label: 'Create another', onClick: onAnother }}
      onDone={onDone}
      doneHref={doneHref}
      copyRef={copyRef}
    />
  );
}
