import { Plus } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button-link';
import { IconButton } from '@/components/ui/icon-button';

/** The frame opens the dialog by the address. */
export function CreateWorkspaceButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const href = '/workspaces?create-workspace=';
  if (isIconOnly) {
    return (
      <IconButton
        label="Create workspace"
        size="md"
        icon={<Plus size={18} strokeWidth={1.9} aria-hidden="true" />}
        href={href}
      />
    );
  }
  return (
    <ButtonLink href={href} variant="primary" size="sm" icon={<Plus size={14} strokeWidth={1.9} aria-hidden="true" />}>
      Create workspace
    </ButtonLink>
  );
}
