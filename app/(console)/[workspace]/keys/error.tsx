'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { TopBar } from '@/components/ui/top-bar';
import type { PageErrorProps } from '../../../page-error';

/** The figures could not be read. The frame around stays, and so does what was recorded. */
export default function KeysError({ error, reset }: PageErrorProps) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <>
      {/* What names the page was not made either. */}
      <title>The keys could not be read · Keyledger</title>
      <TopBar title="Keys" />
      <ErrorPanel
        title="The keys could not be read"
        reference={error.digest && `Log reference ${error.digest}`}
        actions={
          <>
            <Button size="sm" icon={<RotateCw size={14} strokeWidth={1.9} aria-hidden="true" />} onClick={retry}>
              Try again
            </Button>
            {error.digest && <CopyButton text={error.digest} label="Copy details" />}
          </>
        }
      >
        Nothing was changed. Services go on recording as far as the database answers them.
      </ErrorPanel>
    </>
  );
}
