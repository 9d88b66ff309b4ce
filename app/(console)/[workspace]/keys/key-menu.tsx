'use client';

import {
  ArrowUpRight,
  ChartNoAxesColumn,
  CircleCheck,
  CircleSlash,
  Copy,
  FileDown,
  Pencil,
  RefreshCw,
  ScrollText,
  Trash2,
} from 'lucide-react';
import { RowMenu } from '@/components/data-table/row-menu';
import { MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { useKeyDialogs } from './key-dialogs';
import type { KeyRow } from './key-row';
import { useKeysPlace } from './keys-place';
import { useCopyKeyId } from './use-copy-key-id';

const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** What can be done with one key. Viewers find only what reads. `isOnOwnPage`: it is open already. */
export function KeyMenu({ row, isOnOwnPage = false }: { row: KeyRow; isOnOwnPage?: boolean }) {
  const { slug, readOnlyReason, noExportReason } = useKeysPlace();
  const { open } = useKeyDialogs();
  const copyId = useCopyKeyId();
  return (
    <RowMenu name={row.name} variant={isOnOwnPage ? 'outline' : 'ghost'}>
      {!isOnOwnPage && (
        <MenuItem icon={<ArrowUpRight {...icon} />} href={`/${slug}/keys/${row.hash}`}>
          Open
        </MenuItem>
      )}
      <MenuItem icon={<Copy {...icon} />} onSelect={() => void copyId(row)}>
        Copy key id
      </MenuItem>
      <MenuItem icon={<ScrollText {...icon} />} href={`/${slug}/audit?subject=${row.hash}`}>
        Show in the audit log
      </MenuItem>
      <MenuItem icon={<ChartNoAxesColumn {...icon} />} href={`/${slug}/explore?by=endpoint&key=${row.hash}`}>
        Explore its usage
      </MenuItem>
      {noExportReason === null && (
        <MenuItem icon={<FileDown {...icon} />} href={`/${slug}/exports?format=usage-events&key=${row.hash}`}>
          Export its usage
        </MenuItem>
      )}
      {readOnlyReason === null && (
        <>
          <MenuItem icon={<Pencil {...icon} />} onSelect={() => open('edit', row)}>
            Edit
          </MenuItem>
          <MenuItem icon={<RefreshCw {...icon} />} onSelect={() => open('rotate', row)}>
            Rotate
          </MenuItem>
          {row.status === 'disabled' ? (
            <MenuItem icon={<CircleCheck {...icon} />} onSelect={() => open('enable', row)}>
              Enable
            </MenuItem>
          ) : (
            <MenuItem icon={<CircleSlash {...icon} />} onSelect={() => open('disable', row)}>
              Disable
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem icon={<Trash2 {...icon} />} isDanger onSelect={() => open('delete', row)}>
            Delete
          </MenuItem>
        </>
      )}
    </RowMenu>
  );
}
