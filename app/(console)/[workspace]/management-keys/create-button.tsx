'use client';

import { Plus } from 'lucide-react';
import { OpeningButton } from '@/components/ui/opening-button';
import { useCreateDialog } from './create-place';

/** In the bar, in a narrow bar, or where there are no keys yet. */
export function CreateButton({ place }: { place: 'bar' | 'icon' | 'empty' }) {
  const { href, open } = useCreateDialog();
  const isBar = place === 'bar';
  return (
    <OpeningButton
      label="Create management key"
      Icon={Plus}
      href={href}
      onOpen={open}
      isIconOnly={place === 'icon'}
      variant={isBar ? 'primary' : 'outline'}
      shortcut={isBar ? 'C' : undefined}
    />
  );
}
