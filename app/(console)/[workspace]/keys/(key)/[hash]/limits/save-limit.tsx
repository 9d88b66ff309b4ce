'use client';

import { Info } from 'lucide-react';
import { formatMoney, formatSetMoney } from '@/components/format/money';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { formatUsd } from '@/lib/core/money';
import type { UsageWindow } from '@/lib/core/time-window';
import { formError } from '@/lib/entry/action-state';
import { formOf, useCommand } from '../../../../../../use-command';
import { setLimitAction } from '../../../actions';
import type { KeyRow } from '../../../key-row';
import { limitLong } from '../../../key-words';
import { useKeysPlace } from '../../../keys-place';
import { useUndo } from '../../../use-undo';

type SaveLimitProps = { row: KeyRow; window: UsageWindow; limitNanoUsd: bigint };

/** Sets the tried limit. Who may not is told why. */
export function SaveLimit({ row, window, limitNanoUsd }: SaveLimitProps) {
  const { slug, readOnlyReason } = useKeysPlace();
  const { show } = useToast();
  const { undoOf } = useUndo(slug);
  const { state, isPending, run } = useCommand(setLimitAction.bind(null, slug));
  const isSame = row.limitNanoUsd === limitNanoUsd && row.limitWindow === window;
  const left = limitNanoUsd - row.usedNanoUsd - row.heldNanoUsd;
  const error = formError(state);
  return (
    <div className="flex flex-col items-start gap-3.5">
      {!isSame && row.limitNanoUsd !== null && row.limitWindow === window && (
        <Note icon={<Info size={16} strokeWidth={1.75} aria-hidden="true" />}>
          Saving keeps the {formatMoney(row.usedNanoUsd, 2)} that is used.{' '}
          {left > 0n ? (
            <>
              Remaining becomes <b>{formatMoney(left, 2)}</b>.
            </>
          ) : (
            <b>Nothing would remain, and the key would refuse at once.</b>
          )}
        </Note>
      )}
      {error !== null && (
        <Note tone="danger" isAlert title="Not saved.">
          {error}
        </Note>
      )}
      <Button
        variant="primary"
        isWorking={isPending}
        disabledReason={readOnlyReason ?? (isSame ? 'This is the limit that is set' : null)}
        onClick={() =>
          run(
            formOf({
              hash: row.hash,
              seen: row.updatedAt?.toISOString() ?? '',
              limit: formatUsd(limitNanoUsd),
              window,
            }),
            (changed) =>
              show({
                title: `${row.name} is limited to ${limitLong(limitNanoUsd, window)}`,
                ...(changed.hashes.length > 0 ? { action: undoOf([changed], row.name) } : {}),
              }),
          )
        }
      >
        Save {formatSetMoney(limitNanoUsd)}
      </Button>
    </div>
  );
}
