'use client';

import { useRef, useState } from 'react';
import type { ActionState } from '@/lib/entry/action-state';
import type { HolderUsage } from '@/lib/holders/contract';
import { useForm } from '../use-form';
import { HolderForm } from './holder-form';
import { HolderSheet } from './holder-sheet';

type HolderPageProps = {
  action: (previous: ActionState<HolderUsage>, form: FormData) => Promise<ActionState<HolderUsage>>;
  version: string;
};

/** The form, and in its place what it found. "Another key" starts over, with nothing left of the one before. */
export function HolderPage(props: HolderPageProps) {
  const [count, setCount] = useState(0);
  return <Look key={count} {...props} onLeave={() => setCount((before) => before + 1)} />;
}

function Look({ action, version, onLeave }: HolderPageProps & { onLeave: () => void }) {
  const form = useForm(action);
  /** The secret, for looking again: it lives here and nowhere else, and goes with the page. */
  const sent = useRef<FormData | null>(null);
  const [found, setFound] = useState<HolderUsage | null>(null);
  function look(data: FormData) {
    sent.current = data;
    form.run(data, setFound);
  }
  const { state, isPending } = form;
  const usage = found ?? (state.status === 'ok' ? state.value : null);
  if (!usage)
    return <HolderForm state={state} isPending={isPending} post={form.post} onLook={look} version={version} />;
  return (
    <HolderSheet
      usage={usage}
      state={state}
      isPending={isPending}
      onRefresh={found && (() => look(sent.current ?? new FormData()))}
      onLeave={onLeave}
    />
  );
}
