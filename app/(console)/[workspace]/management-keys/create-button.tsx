'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useCreateDialog } from './create-place';

/** In the bar, in a narrow bar, or where there are no keys yet. */
export function CreateButton({ place }: { place: 'bar' | 'icon' | 'empty' }) {
  const open = useCreateDialog();
  if (place === 'icon') {
    const icon = <Plus size={20} strokeWidth={1.75} aria-hidden="true" />;
    return <IconButton label="Create management key" icon={icon} size="md" onClick={open} />;
  }
  const isBar = place === 'bar';
  return (
    <Button
      variant={isBar ? 'primary' : 'outline'}
      size="sm"
      icon={<Plus size={15} strokeWidth={1.75} aria-hidden="true" />}
      shortcut={isBar ? 'C' : undefined}
      onClick={open}
    >
      Create management key
    </Button>
  );
}
