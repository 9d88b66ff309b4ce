import { Lock } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { TopBar } from '@/components/ui/top-bar';

/** In the place of the list and of the form. */
export function NotForViewers({ workspaceName }: { workspaceName: string }) {
  return (
    <>
      <TopBar title="Management keys" />
      <EmptyState
        icon={<Lock size={18} strokeWidth={1.75} aria-hidden="true" />}
        title="Only admins and owners see management keys"
        headingLevel={2}
      >
        You are a viewer in {workspaceName}. Ask an owner for the admin role.
      </EmptyState>
    </>
  );
}
