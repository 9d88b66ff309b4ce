import { formatCount } from '@/components/format/number';
import { truncateMiddle } from '@/components/format/text';
import { formatExactTime, zonedPartsOf } from '@/components/format/time';
import { Chip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy-button';
import { DefinitionList } from '@/components/ui/definition-list';
import { Time } from '@/components/ui/time';
import type { Key } from '@/lib/keys/contract';
import type { KeyRow } from '../key-row';

/** All else that is known of a key. */
export function KeyFacts({ keyOf, row }: { keyOf: Key; row: KeyRow }) {
  const { hash, owner, tags, createdAt, lastUsedAt, rotatedAt, graceEndsAt, expiresAt } = keyOf;
  const never = <span className="text-fg-3">Never</span>;
  const none = <span className="text-fg-3">–</span>;
  return (
    <DefinitionList
      items={[
        { term: 'Key id', detail: <KeyId hash={hash} /> },
        { term: 'Owner', detail: owner ?? none },
        { term: 'Tags', detail: tags.length > 0 ? <TagChips tags={tags} /> : none },
        { term: 'Last used', detail: lastUsedAt ? <Time at={lastUsedAt} now={row.now} /> : never },
        { term: 'Created', detail: formatExactTime(createdAt) },
        { term: 'Rotated', detail: rotatedAt ? formatExactTime(rotatedAt) : never },
        ...(graceEndsAt ? [{ term: 'Old secret works until', detail: formatExactTime(graceEndsAt) }] : []),
        { term: 'Expires', detail: expiresAt ? formatExactTime(expiresAt) : never },
      ]}
    />
  );
}

/** Requests and errors, of the running month and ever. */
export function RequestFacts({ keyOf, now }: { keyOf: Key; now: Date }) {
  const { monthName, year } = zonedPartsOf(now);
  const month = `${monthName} ${year}`;
  return (
    <DefinitionList
      items={[
        { term: `Requests, ${month}`, detail: formatCount(keyOf.monthRequests) },
        { term: `Errors, ${month}`, detail: formatCount(keyOf.monthErrors) },
        { term: 'Requests, ever', detail: formatCount(keyOf.requests) },
        { term: 'Errors, ever', detail: formatCount(keyOf.errors) },
      ]}
    />
  );
}

function KeyId({ hash }: { hash: string }) {
  return (
    <span className="-my-1 inline-flex items-center gap-1">
      <span className="mono" title={hash}>
        {truncateMiddle(hash, 12, 8)}
      </span>
      <CopyButton text={hash} label="Copy key id" isIconOnly />
    </span>
  );
}

function TagChips({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex flex-wrap justify-end gap-1">
      {tags.map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
    </span>
  );
}
