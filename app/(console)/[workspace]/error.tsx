'use client';

import { TopBar } from '@/components/ui/top-bar';
import { PageError, type PageErrorProps } from '../../page-error';
import { useRetry } from './use-retry';

/** Inside the frame, so that the way to everything else stays open. */
export default function ErrorBoundary({ error, reset }: PageErrorProps) {
  const retry = useRetry(reset);
  return (
    <>
      <TopBar crumbs={<span className="text-md font-semibold">Error</span>} />
      <PageError error={error} onRetry={retry} />
    </>
  );
}
