'use client';

import { Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { DataTableColumn } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { MobileRow } from '@/components/data-table/mobile-row';
import { formatMoney } from '@/components/format/money';
import { formatPlural, truncateMiddle } from '@/components/format/text';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ExactMoney } from '@/components/ui/exact-money';
import { FieldNote } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { opening } from '@/components/ui/leads-to';
import { Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import type { OpenHold, OpenHolds } from '@/lib/holds/queries';
import { formOf, useCommand } from '../../../../../../use-command';
import { WORKSPACE_FIELD } from '../../../../posted-form';
import { useKeysPlace } from '../../../keys-place';
import { postRelease, releaseHoldAction } from './actions';

type OpenHoldsTableProps = {
  holds: OpenHolds;
  hash: string;
  now: Date;
  /** Sent without scripts, a form had no effect. */
  wasRefused: boolean;
};

/**
 * What is reserved right now, those that end first on top, each with a way to give it back: asked first where scripts run, else
 * sent as it is.
 */
export function OpenHoldsTable({ holds, hash, now, wasRefused }: OpenHoldsTableProps) {
  const { slug, readOnlyReason } = useKeysPlace();
  const [releasing, setReleasing] = useState<OpenHold | null>(null);
  const columns = useMemo(() => columnsOf(now), [now]);
  if (holds.count === 0) {
    return (
      <p className="px-(--page-x) pb-5 text-fg-2">
        Nothing is held. A service that reserves before it spends can never pass the limit.
      </p>
    );
  }
  const release = (hold: OpenHold) => (
    <form action={postRelease}>
      <input type="hidden" name={WORKSPACE_FIELD} value={slug} />
      <input type="hidden" name="hash" value={hash} />
      <input type="hidden" name="id" value={hold.id} />
      <IconButton
        label="Release hold"
        icon={<Undo2 size={15} strokeWidth={1.75} aria-hidden="true" />}
        disabledReason={readOnlyReason}
        {...opening(() => setReleasing(hold))}
      />
    </form>
  );
  return (
    <div className="[--data-table-top:auto]">
      {wasRefused && (
        <div className="px-(--page-x) pb-3">
          <FieldNote
            id="release-error"
            error={readOnlyReason ?? 'The hold was not released. It may have ended by itself.'}
          />
        </div>
      )}
      <DataTable
        label="Open holds"
        columns={columns}
        rows={holds.holds}
        density="compact"
        getRowId={({ id }) => id}
        getRowName={({ id }) => `Hold ${id}`}
        totals={{
          label:
            holds.count > holds.holds.length
              ? `${formatPlural(holds.count, 'hold')}, ${holds.holds.length} shown`
              : formatPlural(holds.count, 'hold'),
          cells: { amount: <ExactMoney nanoUsd={holds.sumNanoUsd} /> },
          isExact: true,
        }}
        renderRowMenu={release}
        renderMobileRow={(hold) => (
          <MobileRow
            title={<span className="mono">{truncateMiddle(hold.id, 8, 4)}</span>}
            value={formatMoney(hold.amountNanoUsd)}
            meta={
              <span className="text-fg-3">
                ends <Time at={hold.expiresAt} now={now} />
              </span>
            }
            aside={<span className="-my-2 -mr-2">{release(hold)}</span>}
          />
        )}
        empty={null}
      />
      {releasing && <ReleaseHold hold={releasing} hash={hash} onClose={() => setReleasing(null)} />}
    </div>
  );
}

function columnsOf(now: Date): DataTableColumn<OpenHold>[] {
  return [
    {
      id: 'id',
      header: 'Hold',
      minWidth: 160,
      isRowHeader: true,
      cell: ({ id }) => (
        <span className="mono" title={id}>
          {truncateMiddle(id, 8, 4)}
        </span>
      ),
    },
    {
      id: 'key',
      header: 'Idempotency key',
      width: 220,
      hideOrder: 1,
      cell: ({ idempotencyKey }) =>
        idempotencyKey === null ? (
          <span className="text-fg-3">–</span>
        ) : (
          <span className="mono" title={idempotencyKey}>
            {truncateMiddle(idempotencyKey, 14, 8)}
          </span>
        ),
    },
    {
      id: 'created',
      header: 'Made',
      width: 120,
      align: 'end',
      cell: ({ createdAt }) => <Time at={createdAt} now={now} />,
    },
    {
      id: 'ends',
      header: 'Ends',
      width: 120,
      align: 'end',
      cell: ({ expiresAt }) => <Time at={expiresAt} now={now} />,
    },
    {
      id: 'amount',
      header: 'Amount',
      width: 160,
      align: 'end',
      cell: ({ amountNanoUsd }) => <ExactMoney nanoUsd={amountNanoUsd} />,
    },
  ];
}

function ReleaseHold({ hold, hash, onClose }: { hold: OpenHold; hash: string; onClose: () => void }) {
  const { slug } = useKeysPlace();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(releaseHoldAction.bind(null, slug));
  const amount = formatMoney(hold.amountNanoUsd);
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Release the hold of ${amount}`}
      confirmLabel="Release hold"
      pending={isPending}
      submitError={formError(state)}
      onConfirm={() =>
        run(formOf({ hash, id: hold.id }), () => {
          show({ title: `${amount} is released`, description: 'It counts as remaining again.' });
          onClose();
        })
      }
    >
      It counts as remaining at once. A service that settles it later is refused, and has to record what it spent as
      usage.
    </ConfirmDialog>
  );
}
