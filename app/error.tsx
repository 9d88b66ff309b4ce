'use client';

import { PageError, type PageErrorProps } from './page-error';

export default function ErrorBoundary({ error }: PageErrorProps) {
  return (
    <main id="content" className="min-h-dvh bg-surface">
      <PageError error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}
