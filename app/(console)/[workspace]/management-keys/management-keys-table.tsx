'use client';

import { Bot, Trash2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { RowMenu } from '@/components/data-table/row-menu';
import { formatDate } from '@/components/format/time';
import { MenuItem } from '@/components/ui/dropdown-menu';
import { EmptyState } from '@/components/ui/empty-state';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import type { ManagementKey } from '@/lib/management-keys/contract';
import { CreateButton } from './create-button';
import { DeleteDialog } from './delete-dialog';
import { statusOf } from './management-key-status';
import { describeScopes } from './scope-words';

type ManagementKeysTableProps = {
  keys: readonly ManagementKey[];
  workspaceSlug: string;
  now: Date;
  zone: string;
  /** Whether keys of the whole account are among them. */
  showsReach: boolean;
};

export function ManagementKeysTable(props: ManagementKeysTableProps) {
  const { keys, workspaceSlug, now, zone, showsReach } = props;
  const [deleting, setDeleting] = useState<ManagementKey | null>(null);
  const columns = useMemo(() => columnsOf(now, zone, showsReach), [now, zone, showsReach]);
  const menu = (key: ManagementKey) => (
    <RowMenu name={key.name} href={`/${workspaceSlug}/management-keys/${key.id}/delete`}>
      <MenuItem
        isDanger
        icon={<Trash2 size={15} strokeWidth={1.75} aria-hidden="true" />}
        onSelect={() => setDeleting(key)}
      >
        Delete
      </MenuItem>
    </RowMenu>
  );
  if (keys.length === 0) return <NoKeys />;
  return (
    <>
      <DataTable
        label="Management keys"
        columns={columns}
        rows={keys}
        getRowId={(key) => key.id}
        getRowName={(key) => key.name}
        isRowMuted={(key) => statusOf(key, now).tone === 'off'}
        renderRowMenu={menu}
        renderMobileRow={(key) => (
          <MobileRow
            title={key.name}
            value={<span className="text-xs font-normal text-fg-3">{describeLastUse(key, now, zone)}</span>}
            meta={<Status {...statusOf(key, now)} />}
            aside={<span className="-my-2 -mr-2">{menu(key)}</span>}
            below={<span className="text-xs text-fg-2">{describeScopes(key.scopes)}</span>}
          />
        )}
        empty={null}
      />
      {deleting && (
        <DeleteDialog managementKey={deleting} workspaceSlug={workspaceSlug} onClose={() => setDeleting(null)} />
      )}
    </>
  );
}

function NoKeys() {
  return (
    <EmptyState
      icon={<Bot size={18} strokeWidth={1.75} aria-hidden="true" />}
      title="No management keys yet"
      actions={<CreateButton place="empty" />}
      headingLevel={2}
    >
      Services use them to record usage, verify keys and create keys through the API.
    </EmptyState>
  );
}

function describeLastUse(key: ManagementKey, now: Date, zone: string): ReactNode {
  return key.lastUsedAt ? <Time at={key.lastUsedAt} now={now} zone={zone} /> : 'Never used';
}

function columnsOf(now: Date, zone: string, showsReach: boolean): DataTableColumn<ManagementKey>[] {
  const reach: DataTableColumn<ManagementKey> = {
    id: 'reach',
    header: 'Reach',
    width: 124,
    hideOrder: 4,
    cell: (key) => (key.workspaceId === null ? 'Whole account' : 'This workspace'),
  };
  return [
    {
      id: 'name',
      header: 'Management key',
      width: 232,
      isRowHeader: true,
      cell: (key) => (
        <div className="min-w-0">
          <div className="truncate font-medium text-fg" title={key.name}>
            {key.name}
          </div>
          <div className="truncate font-mono text-2xs leading-[15px] font-normal tracking-[-0.01em] text-fg-3">
            {key.label.replace('...', '…')}
          </div>
        </div>
      ),
    },
    { id: 'status', header: 'Status', width: 104, cell: (key) => <Status {...statusOf(key, now)} /> },
    ...(showsReach ? [reach] : []),
    {
      id: 'scopes',
      header: 'Scopes',
      minWidth: 200,
      cell: (key) => <span className="text-xs whitespace-normal text-fg-2">{describeScopes(key.scopes)}</span>,
    },
    {
      id: 'created',
      header: 'Created',
      width: 112,
      align: 'end',
      hideOrder: 2,
      cell: (key) => formatDate(key.createdAt, zone),
    },
    {
      id: 'expires',
      header: 'Expires',
      width: 112,
      align: 'end',
      hideOrder: 1,
      cell: (key) => (key.expiresAt ? formatDate(key.expiresAt, zone) : 'Never'),
    },
    {
      id: 'last-used',
      header: 'Last used',
      width: 112,
      align: 'end',
      hideOrder: 3,
      cell: (key) => (key.lastUsedAt ? <Time at={key.lastUsedAt} now={now} zone={zone} /> : 'Never'),
    },
  ];
}
