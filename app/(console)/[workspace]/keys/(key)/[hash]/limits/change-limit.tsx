'use client';

import { Gauge } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { useKeyDialogs } from '../../../key-dialogs';
import type { KeyRow } from '../../../key-row';
import { useKeysPlace } from '../../../keys-place';

/** The way to another limit: the same sheet as for the rest of the key. */
export function ChangeLimit({ row }: { row: KeyRow }) {
  const { slug, readOnlyReason } = useKeysPlace();
  const { open } = useKeyDialogs();
  return (
    <LeadsTo href={`/${slug}/keys/${row.hash}/edit`}>
      <Button
        size="sm"
        icon={<Gauge size={14} strokeWidth={1.9} aria-hidden="true" />}
        disabledReason={readOnlyReason}
        {...opening(() => open('edit', row))}
      >
        {row.limitNanoUsd === null ? 'Set limit' : 'Change limit'}
      </Button>
    </LeadsTo>
  );
}
