'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useShortcut } from '@/components/ui/use-shortcut';
import { CreateDialog, type CreateDialogProps } from './create-dialog';

const CreateContext = createContext<() => void>(() => {});

/** Opens the dialog of the `CreatePlace` around. */
export function useCreateDialog(): () => void {
  return useContext(CreateContext);
}

/**
 * Holds the dialog that creates a management key, above everything that changes when there is one more: a button in the
 * empty state goes with it, and would take the secret along. The key C opens it too.
 */
export function CreatePlace({ children, ...dialog }: Omit<CreateDialogProps, 'onClose'> & { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const open = useMemo(() => () => setIsOpen(true), []);
  useShortcut('c', open);
  return (
    <CreateContext value={open}>
      {children}
      {isOpen && <CreateDialog {...dialog} onClose={() => setIsOpen(false)} />}
    </CreateContext>
  );
}
