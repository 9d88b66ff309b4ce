'use client';

import { CircleCheck, CircleSlash, Gauge, Tag, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { formatMoney } from '@/components/format/money';
import { BulkAction, BulkBar } from '@/components/ui/bulk-bar';
import type { KeySums } from '@/lib/keys/queries/summarise-keys';
import type { BulkVerb } from './bulk-words';
import { type KeyListParams, listQuery } from './list-params';
import type { KeySelectionState } from './use-key-selection';

/** Loaded when it is opened: most who choose keys look at their sum. */
const BulkDialog = dynamic(() => import('./bulk-dialog').then((module) => module.BulkDialog));

const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

type KeysBulkBarProps = {
  selection: KeySelectionState;
  params: KeyListParams;
  /** Of the whole filter. */
  sums: KeySums;
  /** Keys on this page. */
  pageKeys: number;
  /** Short name of the running month. */
  month: string;
};

/** What can be done with the chosen keys; each begins with a dry run. */
export function KeysBulkBar({ selection, params, sums, pageKeys, month }: KeysBulkBarProps) {
  const [verb, setVerb] = useState<BulkVerb | null>(null);
  const { isAll, hashes } = selection;
  const count = isAll ? sums.keys : hashes.length;
  const spend = isAll ? sums.monthSpendNanoUsd : selection.spendNanoUsd;
  const isPageChosen = !isAll && pageKeys > 0 && hashes.length >= pageKeys && sums.keys > hashes.length;
  return (
    <>
      <BulkBar
        count={count}
        summary={`${formatMoney(spend, 2)} in ${month}`}
        onClear={selection.clear}
        selectAll={
          isPageChosen
            ? { label: `Select all ${sums.keys.toLocaleString('en-US')}`, onSelectAll: selection.selectAll }
            : undefined
        }
      >
        <BulkAction icon={<Gauge {...icon} />} onClick={() => setVerb('set_limit')}>
          Set limit
        </BulkAction>
        <BulkAction icon={<Tag {...icon} />} onClick={() => setVerb('tag')}>
          Tag
        </BulkAction>
        <BulkAction icon={<CircleCheck {...icon} />} onClick={() => setVerb('enable')}>
          Enable
        </BulkAction>
        <BulkAction icon={<CircleSlash {...icon} />} onClick={() => setVerb('disable')}>
          Disable
        </BulkAction>
        <BulkAction icon={<Trash2 {...icon} />} onClick={() => setVerb('delete')}>
          Delete
        </BulkAction>
      </BulkBar>
      {verb !== null && (
        <BulkDialog
          verb={verb}
          target={isAll ? { kind: 'list', query: listQuery(params) } : { kind: 'hashes', hashes }}
          count={count}
          onClose={() => setVerb(null)}
          onChanged={selection.clear}
        />
      )}
    </>
  );
}
