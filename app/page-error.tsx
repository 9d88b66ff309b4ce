'use client';

import { RotateCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPage } from '@/components/ui/error-panel';
import { AWAY_TITLES, AWAY_WORDS } from './away-words';
import { useRecovery } from './use-recovery';

/** What Next hands to an `error.tsx`. The message is the exception's own only in development, so it is never shown. */
export type PageErrorProps = { error: Error & { digest?: string }; reset: () => void };

/**
 * A page that could not be made: because the database or the server is away, which ends by itself, or for a reason that
 * nobody expected, which the digest finds in the server's log.
 */
export function PageError({ error, onRetry }: { error: PageErrorProps['error']; onRetry: () => void }) {
  const readiness = useRecovery(onRetry);
  const retry = (
    <Button variant="primary" icon={<RotateCw size={15} strokeWidth={1.75} aria-hidden="true" />} onClick={onRetry}>
      Try again
    </Button>
  );
  if (readiness === 'database_away' || readiness === 'server_away') {
    return (
      <div role="alert">
        {/* What names the page was not made either. */}
        <title>{`${AWAY_TITLES[readiness]} · Keyledger`}</title>
        <ErrorPage code="503" title={AWAY_TITLES[readiness]} actions={retry}>
          {AWAY_WORDS}
        </ErrorPage>
      </div>
    );
  }
  return (
    <ErrorPage
      code="500"
      title="This page could not be shown"
      actions={
        <>
          {retry}
          {error.digest && <CopyButton text={error.digest} label="Copy log reference" />}
        </>
      }
    >
      The problem is in the server’s log{error.digest ? ` under ${error.digest}` : ''}. Nothing was changed or lost.
    </ErrorPage>
  );
}
