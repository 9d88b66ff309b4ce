'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ButtonLink } from '@/components/ui/button-link';
import { IconButton } from '@/components/ui/icon-button';
import { LeadsTo, opening, openingOver } from '@/components/ui/leads-to';

/** A link to the form's own page; where scripts run, the frame opens the form over the list by the address. */
export function CreateWorkspaceButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const router = useRouter();
  const href = '/workspaces/new';
  const open = () => router.push('/workspaces?create-workspace=', { scroll: false });
  if (isIconOnly) {
    const icon = <Plus size={18} strokeWidth={1.9} aria-hidden="true" />;
    return (
      <LeadsTo href={href}>
        <IconButton label="Create workspace" size="md" icon={icon} {...opening(open)} />
      </LeadsTo>
    );
  }
  return (
    <ButtonLink
      href={href}
      variant="primary"
      size="sm"
      icon={<Plus size={14} strokeWidth={1.9} aria-hidden="true" />}
      onClick={openingOver(open)}
    >
      Create workspace
    </ButtonLink>
  );
}
