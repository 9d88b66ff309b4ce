'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { useCreateDialog } from './create-place';

/** In the bar, in a narrow bar, or where there are no keys yet. */
export function CreateButton({ place }: { place: 'bar' | 'icon' | 'empty' }) {
  const { href, open } = useCreateDialog();
  if (place === 'icon') {
    const icon = <Plus size={20} strokeWidth={1.75} aria-hidden="true" />;
    return (
      <LeadsTo href={href}>
        <IconButton label="Create management key" icon={icon} size="md" {...opening(open)} />
      </LeadsTo>
    );
  }
  const isBar = place === 'bar';
  return (
    <LeadsTo href={href}>
      <Button
        variant={isBar ? 'primary' : 'outline'}
        size="sm"
        icon={<Plus size={15} strokeWidth={1.75} aria-hidden="true" />}
        shortcut={isBar ? 'C' : undefined}
        {...opening(open)}
      >
        Create management key
      </Button>
    </LeadsTo>
  );
}
