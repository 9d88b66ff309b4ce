'use client';

import { CircleCheck, CircleSlash, Pencil, RefreshCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import type { KeyVerb } from '../../asked-verb';
import { useKeyDialogs } from '../../key-dialogs';
import { KeyMenu } from '../../key-menu';
import type { KeyRow } from '../../key-row';
import { useKeysPlace } from '../../keys-place';

const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

export function KeyActions({ row: saved }: { row: KeyRow }) {
  const { slug, readOnlyReason: disabledReason } = useKeysPlace();
  const { open, shownAs } = useKeyDialogs();
  const row = shownAs(saved);
  const pageOf = (verb: KeyVerb) => `/${slug}/keys/${row.hash}/${verb}`;
  const asked = (verb: KeyVerb) => ({ disabledReason, ...opening(() => open(verb, row)) });
  return (
    <>
      <LeadsTo href={pageOf('edit')}>
        <Button icon={<Pencil {...icon} />} {...asked('edit')}>
          Edit
        </Button>
      </LeadsTo>
      <LeadsTo href={pageOf('rotate')}>
        <Button icon={<RefreshCw {...icon} />} {...asked('rotate')}>
          Rotate
        </Button>
      </LeadsTo>
      {row.status === 'disabled' ? (
        <LeadsTo href={pageOf('enable')}>
          <Button icon={<CircleCheck {...icon} />} {...asked('enable')}>
            Enable
          </Button>
        </LeadsTo>
      ) : (
        <LeadsTo href={pageOf('disable')}>
          <Button variant="danger-outline" icon={<CircleSlash {...icon} />} {...asked('disable')}>
            Disable
          </Button>
        </LeadsTo>
      )}
      <KeyMenu row={row} isOnOwnPage />
    </>
  );
}
