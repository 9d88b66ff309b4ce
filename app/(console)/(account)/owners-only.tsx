import { Lock } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { TopBar } from '@/components/ui/top-bar';

/** In the place of a page of the account, for who does not own it. */
export function OwnersOnly({ title }: { title: string }) {
  return (
    <>
      <TopBar title={title} />
      <EmptyState
        icon={<Lock size={18} strokeWidth={1.75} aria-hidden="true" />}
        title="Only owners of the account see this"
        headingLevel={2}
      >
        Whoever set up this installation is one, and can make you another.
      </EmptyState>
    </>
  );
}
