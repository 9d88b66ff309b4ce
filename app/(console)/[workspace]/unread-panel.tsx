'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type MouseEvent, useTransition } from 'react';
import { buttonClasses } from '@/components/ui/button-style';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Spinner } from '@/components/ui/spinner';

type UnreadPanelProps = {
  /** What could not be read: "The books". */
  title: string;
  /** What the log has it under. */
  reference: string;
  /** Under a heading of its own, or in the place of one. */
  headingLevel?: 2 | 3;
};

/** In the place of a panel that could not be read. The page around it stands. */
export function UnreadPanel({ title, reference, headingLevel = 3 }: UnreadPanelProps) {
  return (
    <ErrorPanel
      title={title}
      headingLevel={headingLevel}
      reference={`Log reference ${reference}`}
      actions={
        <>
          <TryAgain />
          <CopyButton text={reference} label="Copy details" />
        </>
      }
    >
      The server’s log has the reason. The rest of this page is not affected.
    </ErrorPanel>
  );
}

/** Loads the page anew; where scripts run, it stays where it is meanwhile. */
function TryAgain() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  function refresh(event: MouseEvent) {
    event.preventDefault();
    startTransition(() => router.refresh());
  }
  return (
    // biome-ignore lint/a11y/useValidAnchor: an empty address is the page's own, with its query.
    <a href="" aria-busy={isPending || undefined} onClick={refresh} className={buttonClasses({ size: 'sm' })}>
      {isPending ? <Spinner /> : <RotateCw size={14} strokeWidth={1.9} aria-hidden="true" />}
      <span>Try again</span>
    </a>
  );
}
