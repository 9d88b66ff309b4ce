'use client';

import { Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Checkbox } from '@/components/ui/checkbox';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog';

/** The codes for the only time. They live in this dialog's memory and go with it. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const [isStored, setIsStored] = useState(false);
  const text = `${codes.join('\n')}\n`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Save your recovery codes"
      description="Each stands in for the app once, when you have lost it. You can see them only now."
      icon={
        <span className="grid size-8 flex-none place-items-center rounded-md border border-ok-line bg-ok-soft text-ok-fg">
          <ShieldCheck size={16} strokeWidth={1.75} aria-hidden="true" />
        </span>
      }
      size="sm"
      isLocked
    >
      <DialogBody>
        <ul
          aria-label="Recovery codes"
          className="mono grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border border-line-control bg-sunken px-3.5 py-3 select-all max-md:grid-cols-1"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="-mt-3 flex flex-wrap gap-1">
          <CopyButton text={text} label="Copy codes" />
          <ButtonLink
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="keyledger-recovery-codes.txt"
            variant="ghost"
            size="sm"
            icon={<Download size={14} strokeWidth={1.9} aria-hidden="true" />}
          >
            Download
          </ButtonLink>
        </div>
        <Checkbox
          isBoxed
          label="I have stored the codes in a safe place."
          help="Not on the phone with the app. If you lose both, an owner of the account can remove the second factor."
          checked={isStored}
          onChange={(event) => setIsStored(event.target.checked)}
        />
      </DialogBody>
      <DialogFooter>
        <Button
          variant={isStored ? 'primary' : 'outline'}
          disabledReason={isStored ? null : 'First confirm that you have stored the codes'}
          onClick={onClose}
        >
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
