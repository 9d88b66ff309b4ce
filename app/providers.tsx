'use client';

import type { ReactNode } from 'react';
import { EarlyClick } from '@/components/ui/early-click';
import { LinkProvider } from '@/components/ui/link';
import { ThemeKeeper } from '@/components/ui/theme-keeper';
import { ToastProvider } from '@/components/ui/toast';
import { RouterLink } from './router-link';

/** Gives the kit the router's links, and a place for messages. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <LinkProvider component={RouterLink}>
      <ThemeKeeper />
      <ToastProvider>{children}</ToastProvider>
      <EarlyClick />
    </LinkProvider>
  );
}
