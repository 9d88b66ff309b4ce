'use client';

import { PageError, type PageErrorProps } from './page-error';

export default function ErrorBoundary(props: PageErrorProps) {
  return (
    <main id="content" className="min-h-dvh bg-surface">
      <PageError {...props} />
    </main>
  );
}
