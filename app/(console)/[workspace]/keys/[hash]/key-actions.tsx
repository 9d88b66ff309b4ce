'use client';

import { Pencil } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useKeyDialogs } from '../key-dialogs';
import { KeyMenu } from '../key-menu';
import type { KeyRow } from '../key-row';
import { useKeysPlace } from '../keys-place';

export function KeyActions({ row }: { row: KeyRow }) {
  const { readOnlyReason } = useKeysPlace();
  const { open } = useKeyDialogs();
  return (
    <>
      <Button
        size="sm"
        icon={<Pencil size={14} strokeWidth={1.9} aria-hidden="true" />}
        disabledReason={readOnlyReason}
        onClick={() => open('edit', row)}
      >
        Edit
      </Button>
      <KeyMenu row={row} isOnOwnPage />
    </>
  );
}
