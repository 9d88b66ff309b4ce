'use client';

import { RotateCw } from 'lucide-react';
import { buttonClasses } from '@/components/ui/button-style';
import { ErrorPage } from '@/components/ui/error-panel';
import { Logo } from '@/components/ui/logo';
import { AWAY_TITLES, AWAY_WORDS } from './away-words';
import { useRecovery } from './use-recovery';

/** In the place of a whole page, where not even who asks is known. It is sent as HTML, so it stands without scripts. */
export function DatabaseAway() {
  useRecovery(() => window.location.reload());
  return (
    <main id="content" className="min-h-dvh bg-surface px-6 pt-5">
      <Logo />
      <div role="alert">
        <ErrorPage
          code="503"
          title={AWAY_TITLES.database_away}
          actions={
            // biome-ignore lint/a11y/useValidAnchor: an empty address is the page's own, with its query.
            <a href="" className={buttonClasses({ variant: 'primary' })}>
              <RotateCw size={15} strokeWidth={1.75} aria-hidden="true" />
              <span>Try again</span>
            </a>
          }
        >
          {AWAY_WORDS}
        </ErrorPage>
      </div>
    </main>
  );
}
