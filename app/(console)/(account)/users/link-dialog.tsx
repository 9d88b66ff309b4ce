'use client';

import { Check, Copy, Link2, TriangleAlert } from 'lucide-react';
import { type ReactNode, type RefObject, useRef } from 'react';
import { formatExactTime } from '@/components/format/time';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog';
import { useCopy } from '@/components/ui/use-copy';
import { RevealFrame } from '../../[workspace]/reveal-frame';
import type { InviteLink } from './invite-link';

const titleOf = ({ email }: InviteLink) => `Link for ${email}`;
const HANDING_ON = 'Pass it on yourself, such as by a message. Whoever opens it first sets the password.';

/** A link for the only time. It lives in this dialog's memory and goes with it; another can be made. */
export function LinkDialog({ link, onClose }: { link: InviteLink; onClose: () => void }) {
  const copyRef = useRef<HTMLButtonElement>(null);
  const copying = useCopy(true);
  const isCopied = copying.state === 'copied';
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={titleOf(link)}
      description={HANDING_ON}
      icon={
        <span className="grid size-8 flex-none place-items-center rounded-md border border-ok-line bg-ok-soft text-ok-fg">
          <Link2 size={16} strokeWidth={1.75} aria-hidden="true" />
        </span>
      }
      hasUnsavedInput={!isCopied}
      initialFocusRef={copyRef}
    >
      <LinkParts link={link} copying={copying} copyRef={copyRef}>
        <Button variant={isCopied ? 'primary' : 'outline'} onClick={onClose}>
          Done
        </Button>
      </LinkParts>
    </Dialog>
  );
}

/** The same on a page of its own, which is there without scripts too. */
export function LinkPanel({ link }: { link: InviteLink }) {
  const copying = useCopy(true);
  return (
    <RevealFrame title={titleOf(link)} description={HANDING_ON}>
      <LinkParts link={link} copying={copying}>
        <ButtonLink variant={copying.state === 'copied' ? 'primary' : 'outline'} href="/users">
          Done
        </ButtonLink>
      </LinkParts>
    </RevealFrame>
  );
}

type LinkPartsProps = {
  link: InviteLink;
  copying: ReturnType<typeof useCopy>;
  copyRef?: RefObject<HTMLButtonElement | null>;
  /** What ends it. */
  children: ReactNode;
};

function LinkParts({ link, copying: { state, copy }, copyRef, children }: LinkPartsProps) {
  const Icon = state === 'copied' ? Check : state === 'failed' ? TriangleAlert : Copy;
  return (
    <>
      <DialogBody>
        <div className="flex items-center gap-2.5 rounded-md border border-line-control bg-sunken py-3 pr-3 pl-3.5 font-mono">
          <section aria-label="Link" className="min-w-0 flex-1 wrap-anywhere select-all">
            {link.url}
          </section>
          <Button
            ref={copyRef}
            variant={state === 'copied' ? 'outline' : 'primary'}
            size="sm"
            className="font-sans"
            icon={<Icon size={14} strokeWidth={1.9} aria-hidden="true" />}
            onClick={() => void copy(link.url)}
          >
            {state === 'copied' ? 'Copied' : 'Copy'}
          </Button>
        </div>
        <p role="status" className={state === 'failed' ? '-mt-3 text-xs text-danger-fg' : 'sr-only'}>
          {state === 'failed' && 'This browser refused to copy. Select the link and copy it by hand.'}
          {state === 'copied' && 'Copied'}
        </p>
        <p className="-mt-2 text-xs text-fg-3">
          It works once, until {formatExactTime(link.expiresAt)}, and you can see it only now. A newer link takes its
          place.
        </p>
      </DialogBody>
      <DialogFooter>{children}</DialogFooter>
    </>
  );
}
