import { FileLock2 } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { TopBar } from '@/components/ui/top-bar';

/** In the place of the exports, for who makes none. */
export function NoExports({ role, workspaceName }: { role: string; workspaceName: string }) {
  return (
    <>
      <TopBar title="Exports" />
      <EmptyState
        icon={<FileLock2 size={18} strokeWidth={1.75} aria-hidden="true" />}
        headingLevel={2}
        title="Exports are made by admins"
      >
        {`You are a ${role} in ${workspaceName}. Ask an admin for a file, or look at the same figures in Explore, which has its own CSV.`}
      </EmptyState>
    </>
  );
}
