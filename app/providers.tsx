'use client';

import NextLink from 'next/link';
import type { ReactNode } from 'react';
import { EarlyClick } from '@/components/ui/early-click';
import { LinkProvider } from '@/components/ui/link';
import { ThemeKeeper } from '@/components/ui/theme-keeper';
import { ToastProvider } from '@/components/ui/toast';

/** Gives the kit the router's links, and a place for messages. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <LinkProvider component={NextLink}>
      <ThemeKeeper />
      <ToastProvider>{children}</ToastProvider>
      <EarlyClick />
    </LinkProvider>
  );
}
