'use client';

import { useRef } from 'react';
import { useToast } from '@/components/ui/toast';
import { type ActionState, SIGNED_OUT } from '@/lib/entry/action-state';
import { signInPath } from '@/lib/entry/next-path';

/**
 * Where a submission found the session ended, offers the way to sign in and back to this very address. It is an offer: what
 * was typed stays until the reader leaves, and signing in in another tab loses nothing. The next submission takes it back.
 */
export function useSignInOffer(): (state: ActionState<unknown>) => void {
  const { show, dismiss } = useToast();
  const offer = useRef<string>(undefined);
  return (state) => {
    if (offer.current) dismiss(offer.current);
    if (state.status !== 'error' || state.message !== SIGNED_OUT) return;
    offer.current = show({
      tone: 'danger',
      title: 'You are signed out',
      description: 'Sign in to come back to this page. Or sign in in another tab: what you typed stays here.',
      action: {
        label: 'Sign in',
        onAction: () => window.location.assign(signInPath(window.location.pathname + window.location.search)),
      },
    });
  };
}
