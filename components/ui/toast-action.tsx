'use client';

import { Toast as RadixToast } from 'radix-ui';
import { useEffect, useState } from 'react';
import { Button } from './button';

export type ToastActionText = {
  label: string;
  onAction: () => void;
  /** Counts down beside the label ("Undo, 9:58") until the action is refused. */
  until?: Date | undefined;
};

function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function ToastAction({ action }: { action: ToastActionText }) {
  const [leftMs, setLeftMs] = useState(() => (action.until ? action.until.getTime() - Date.now() : null));
  useEffect(() => {
    const { until } = action;
    if (!until) return;
    const timer = setInterval(() => setLeftMs(until.getTime() - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [action]);
  return (
    <RadixToast.Action asChild altText={action.label} onClick={action.onAction}>
      <Button size="sm">{leftMs === null ? action.label : `${action.label}, ${formatCountdown(leftMs)}`}</Button>
    </RadixToast.Action>
  );
}
