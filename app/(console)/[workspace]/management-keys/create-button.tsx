'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { useShortcut } from '../../../use-shortcut';
import { CreateDialog, type CreateDialogProps } from './create-dialog';

type CreateButtonProps = Omit<CreateDialogProps, 'onClose'> & {
  /** `bar` answers to the key C, `icon` is the one of a narrow bar. */
  place: 'bar' | 'icon' | 'empty';
};

export function CreateButton({ place, ...dialog }: CreateButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  useShortcut('c', () => place === 'bar' && setIsOpen(true));
  const icon = <Plus size={15} strokeWidth={1.75} aria-hidden="true" />;
  const open = () => setIsOpen(true);
  return (
    <>
      {place === 'icon' ? (
        <IconButton
          label="Create management key"
          icon={<Plus size={20} strokeWidth={1.75} aria-hidden="true" />}
          size="md"
          onClick={open}
        />
      ) : (
        <Button
          variant={place === 'bar' ? 'primary' : 'outline'}
          size="sm"
          icon={icon}
          shortcut={place === 'bar' ? 'C' : undefined}
          onClick={open}
        >
          Create management key
        </Button>
      )}
      {isOpen && <CreateDialog {...dialog} onClose={() => setIsOpen(false)} />}
    </>
  );
}
