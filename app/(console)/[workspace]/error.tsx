'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import { TopBar } from '@/components/ui/top-bar';
import { PageError, type PageErrorProps } from '../../page-error';

/** Inside the frame, so that the way to everything else stays open. */
export default function ErrorBoundary({ error, reset }: PageErrorProps) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <>
      <TopBar crumbs={<span className="text-md font-semibold">Error</span>} />
      <PageError error={error} onRetry={retry} />
    </>
  );
}
