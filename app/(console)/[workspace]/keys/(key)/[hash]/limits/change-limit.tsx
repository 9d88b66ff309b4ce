'use client';

import { Gauge } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useKeyDialogs } from '../../../key-dialogs';
import type { KeyRow } from '../../../key-row';
import { useKeysPlace } from '../../../keys-place';

/** The way to another limit: the same sheet as for the rest of the key. */
export function ChangeLimit({ row }: { row: KeyRow }) {
  const { readOnlyReason } = useKeysPlace();
  const { open } = useKeyDialogs();
  return (
    <Button
      size="sm"
      icon={<Gauge size={14} strokeWidth={1.9} aria-hidden="true" />}
      disabledReason={readOnlyReason}
      onClick={() => open('edit', row)}
    >
      {row.limitNanoUsd === null ? 'Set limit' : 'Change limit'}
    </Button>
  );
}
