import type { ReactNode } from 'react';
import { truncateMiddle } from '@/components/format/text';
import { formatDate } from '@/components/format/time';
import { Chip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy-button';
import { Time } from '@/components/ui/time';
import { Tooltip } from '@/components/ui/tooltip';
import type { Key } from '@/lib/keys/contract';
import type { KeyRow } from '../../key-row';
import { KeyActions } from './key-actions';
import { KeyStatusWords } from './key-status-words';

/** What the key is, and what its status asks for: here the sentence stands in the open. */
export function KeyHeading({ row, keyOf }: { row: KeyRow; keyOf: Key }) {
  return (
    <div className="flex items-start justify-between gap-x-6 px-(--page-x) pt-[18px] pb-3 max-md:pt-2 max-md:pb-2">
      <div className="min-w-0 flex-1">
        <div className="flex min-h-8 flex-wrap items-center gap-2">
          {/* The name is said in the bar above already. */}
          <span aria-hidden="true" className="truncate text-xl font-semibold tracking-[-0.015em] max-md:hidden">
            {row.name}
          </span>
          <Chip tone={row.environment === 'test' ? 'test' : 'neutral'}>
            {row.environment === 'test' ? 'Test' : 'Live'}
          </Chip>
          <KeyStatusWords row={row} />
        </div>
        <Facts row={row} keyOf={keyOf} />
      </div>
      <div className="flex flex-none items-center gap-2 max-md:hidden">
        <KeyActions row={row} />
      </div>
    </div>
  );
}

/** On a phone only what is asked for there: who, and until when. The rest is in the menu and under the other tabs. */
function Facts({ row, keyOf }: { row: KeyRow; keyOf: Key }) {
  const { hash, owner, tags, createdAt, lastUsedAt, rotatedAt, expiresAt } = keyOf;
  return (
    <dl className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-fg-3 max-md:mt-0 max-md:gap-x-3 max-md:gap-y-0">
      <Fact term="Secret" isWideOnly>
        <span className="mono">{row.hint}</span>
      </Fact>
      <Fact term="Key id" isWideOnly>
        <Tooltip text={hash}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the whole id must open for the keyboard too. */}
          <span className="mono rounded-xs" tabIndex={0}>
            {truncateMiddle(hash, 6, 4)}
          </span>
        </Tooltip>
        <CopyButton text={hash} label="Copy key id" isIconOnly />
      </Fact>
      {owner !== null && <Fact term="Owner">{owner}</Fact>}
      {tags.length > 0 && (
        <Fact term="Tags" isWideOnly>
          {tags.join(', ')}
        </Fact>
      )}
      <Fact term="Created" isWideOnly>
        {formatDate(createdAt)}
      </Fact>
      {rotatedAt !== null && (
        <Fact term="Rotated" isWideOnly>
          {formatDate(rotatedAt)}
        </Fact>
      )}
      {expiresAt !== null && <Fact term="Expires">{formatDate(expiresAt)}</Fact>}
      <Fact term="Last used">{lastUsedAt ? <Time at={lastUsedAt} now={row.now} /> : 'never'}</Fact>
    </dl>
  );
}

function Fact({ term, isWideOnly, children }: { term: string; isWideOnly?: boolean; children: ReactNode }) {
  return (
    <div className={`inline-flex min-h-6 items-center gap-1 whitespace-nowrap ${isWideOnly ? 'max-md:hidden' : ''}`}>
      <dt>{term}</dt>
      <dd className="inline-flex items-center gap-1 text-fg-2">{children}</dd>
    </div>
  );
}
