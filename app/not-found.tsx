import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button-link';
import { ErrorPage } from '@/components/ui/error-panel';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main id="content" className="min-h-dvh bg-surface">
      {/* Where a frame was not found either, no metadata comes. */}
      <title>Not found · Keyledger</title>
      <ErrorPage
        code="404"
        title="This page is not here"
        actions={
          <ButtonLink href="/" variant="primary">
            Go to your keys
          </ButtonLink>
        }
      >
        The address may be mistyped, or the page may belong to a workspace that you do not reach.
      </ErrorPage>
    </main>
  );
}
