'use client';

import { CircleCheck, CircleSlash, Pencil, RefreshCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { useKeyDialogs } from '../../key-dialogs';
import { KeyMenu } from '../../key-menu';
import type { KeyRow } from '../../key-row';
import { useKeysPlace } from '../../keys-place';

const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function KeyActions({ row: saved }: { row: KeyRow }) {
  const { readOnlyReason } = useKeysPlace();
  const { open, shownAs } = useKeyDialogs();
  const row = shownAs(saved);
  return (
    <>
      <Button icon={<Pencil {...icon} />} disabledReason={readOnlyReason} onClick={() => open('edit', row)}>
        Edit
      </Button>
      <Button icon={<RefreshCw {...icon} />} disabledReason={readOnlyReason} onClick={() => open('rotate', row)}>
        Rotate
      </Button>
      {row.status === 'disabled' ? (
        <Button icon={<CircleCheck {...icon} />} disabledReason={readOnlyReason} onClick={() => open('enable', row)}>
          Enable
        </Button>
      ) : (
        <Button
          variant="danger-outline"
          icon={<CircleSlash {...icon} />}
          disabledReason={readOnlyReason}
          onClick={() => open('disable', row)}
        >
          Disable
        </Button>
      )}
      <KeyMenu row={row} isOnOwnPage />
    </>
  );
}
