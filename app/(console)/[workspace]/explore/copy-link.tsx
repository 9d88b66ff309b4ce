'use client';

import { Check, Link2, TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useCopy } from '@/components/ui/use-copy';

const ICONS = { idle: Link2, copied: Check, failed: TriangleAlert };
const WORDS = { idle: 'Copy link', copied: 'Copied', failed: 'Copy it from the address bar' };

/** The address is the whole question, so whoever may read the workspace sees the same. */
export function CopyLink() {
  const { state, copy } = useCopy();
  const Icon = ICONS[state];
  return (
    <>
      <Button
        size="sm"
        icon={<Icon size={14} strokeWidth={1.9} aria-hidden="true" />}
        onClick={() => void copy(window.location.href)}
      >
        {WORDS[state]}
      </Button>
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : WORDS[state]}
      </span>
    </>
  );
}
