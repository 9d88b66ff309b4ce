'use client';

import NextLink from 'next/link';
import type { ReactNode } from 'react';
import { LinkProvider } from '@/components/ui/link';
import { ToastProvider } from '@/components/ui/toast';

/** Gives the kit the router's links, and a place for messages. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <LinkProvider component={NextLink}>
      <ToastProvider>{children}</ToastProvider>
    </LinkProvider>
  );
}
