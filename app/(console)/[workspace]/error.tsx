'use client';

import { TopBar } from '@/components/ui/top-bar';
import { PageError, type PageErrorProps } from '../../page-error';

/** Inside the frame, so that the way to everything else stays open. */
export default function ErrorBoundary(props: PageErrorProps) {
  return (
    <>
      <TopBar crumbs={<span className="text-md font-semibold">Error</span>} />
      <PageError {...props} />
    </>
  );
}
