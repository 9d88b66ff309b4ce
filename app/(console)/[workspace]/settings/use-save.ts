'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { useToast } from '@/components/ui/toast';
import type { ActionState } from '@/lib/entry/action-state';
import { useForm } from '../../../use-form';
import type { Saved } from './saved';

type SaveAction = (previous: ActionState<Saved>, form: FormData) => Promise<ActionState<Saved>>;

/**
 * Saves a form that others may save too. It keeps the version that it was shown with: what the page reads anew in between
 * does not count as seen, because the fields still show what was typed.
 */
export function useSave(action: SaveAction, shownVersion: string, savedTitle: string) {
  const { state, isPending, run, post } = useForm(action);
  const { show } = useToast();
  const [version, setVersion] = useState(shownVersion);
  const [isAnnounced, setIsAnnounced] = useState(false);
  function save(form: FormData) {
    run(form, (value) => {
      if (value.kind !== 'saved') return;
      setVersion(value.version);
      setIsAnnounced(true);
      show({ title: savedTitle });
    });
  }
  return { state, isPending, version, isAnnounced, save, post };
}

/** Reads the page anew and then makes its forms new, so that they show what is saved. */
export function useReload(): { count: number; reload: () => void } {
  const router = useRouter();
  const [count, setCount] = useState(0);
  const reload = () =>
    startTransition(() => {
      router.refresh();
      setCount((before) => before + 1);
    });
  return { count, reload };
}
