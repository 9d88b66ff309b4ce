'use client';

import { useEffect, useRef, useState } from 'react';
import { copyText } from './copy-text';

export type CopyState = 'idle' | 'copied' | 'failed';

const copiedShownMs = 2000;

/** Copies and remembers for two seconds how it went. `keepsCopied` leaves the state as it is, for what is copied once. */
export function useCopy(keepsCopied = false): { state: CopyState; copy: (text: string) => Promise<boolean> } {
  const [state, setState] = useState<CopyState>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  async function copy(text: string): Promise<boolean> {
    clearTimeout(timer.current);
    const isCopied = await copyText(text);
    setState(isCopied ? 'copied' : 'failed');
    if (!(isCopied && keepsCopied)) timer.current = setTimeout(() => setState('idle'), copiedShownMs);
    return isCopied;
  }
  return { state, copy };
}
