'use client';

import { RotateCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPage } from '@/components/ui/error-panel';

/** What Next hands to an `error.tsx`. The message is the exception's own only in development, so it is never shown. */
export type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** A page that could not be made. The digest finds the exception in the server's log. */
export function PageError({ error, reset }: PageErrorProps) {
  return (
    <ErrorPage
      code="500"
      title="This page could not be shown"
      actions={
        <>
          <Button
            variant="primary"
            icon={<RotateCw size={15} strokeWidth={1.75} aria-hidden="true" />}
            onClick={() => {
              reset();
              window.location.reload();
            }}
          >
            Reload
          </Button>
          {error.digest && <CopyButton text={error.digest} label="Copy log reference" />}
        </>
      }
    >
      The problem is in the server’s log{error.digest ? ` under ${error.digest}` : ''}. Nothing was changed or lost.
    </ErrorPage>
  );
}
