'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { TopBar } from '@/components/ui/top-bar';
import type { PageErrorProps } from '../../../page-error';

/** The figures could not be read. The frame around stays, and the question stays in the address. */
export default function ExploreError({ error, reset }: PageErrorProps) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <>
      {/* What names the page was not made either. */}
      <title>The figures could not be read · Keyledger</title>
      <TopBar title="Explore" />
      <ErrorPanel
        title="The figures could not be read"
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
        Nothing was changed, and what you asked stays in the address.
      </ErrorPanel>
    </>
  );
}
