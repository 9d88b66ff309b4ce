'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useShortcut } from '@/components/ui/use-shortcut';
import { CreateDialog, type CreateDialogProps } from './create-dialog';

/** `href`: the page that has the same form. */
type CreateDialogOf = { href: string; open: () => void };

const CreateContext = createContext<CreateDialogOf>({ href: '', open: () => {} });

/** Opens the dialog of the `CreatePlace` around. */
export function useCreateDialog(): CreateDialogOf {
  return useContext(CreateContext);
}

/**
 * Holds the dialog that creates a management key, above everything that changes when there is one more: a button in the
 * empty state goes with it, and would take the secret along. The key C opens it too.
 */
export function CreatePlace({ children, ...dialog }: Omit<CreateDialogProps, 'onClose'> & { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const { slug } = dialog.workspace;
  const value = useMemo(() => ({ href: `/${slug}/management-keys/new`, open: () => setIsOpen(true) }), [slug]);
  useShortcut('c', value.open);
  return (
    <CreateContext value={value}>
      {children}
      {isOpen && <CreateDialog {...dialog} onClose={() => setIsOpen(false)} />}
    </CreateContext>
  );
}
