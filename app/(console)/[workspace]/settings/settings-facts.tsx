import { formatDate, formatExactTime } from '@/components/format/time';
import { CopyButton } from '@/components/ui/copy-button';
import { DefinitionList } from '@/components/ui/definition-list';
import { DEFAULT_PREFIX } from '@/lib/core/secret';
import type { Workspace } from '@/lib/workspaces/contract';
import { limitShort } from '../keys/key-words';

/** What of a workspace is not changed here. */
export function WorkspaceFacts({ workspace, memberCount }: { workspace: Workspace; memberCount: number }) {
  const { slug, id, createdAt, updatedAt, timeZone } = workspace;
  return (
    <DefinitionList
      isRuledAround
      items={[
        { term: 'Address', detail: <Copied text={`/${slug}`} copied={slug} label="Copy address" /> },
        { term: 'Id', detail: <Copied text={id} copied={id} label="Copy id" /> },
        { term: 'Members', detail: String(memberCount) },
        { term: 'Created', detail: formatDate(createdAt, timeZone) },
        { term: 'Last changed', detail: updatedAt === null ? 'Never' : formatExactTime(updatedAt, timeZone) },
      ]}
    />
  );
}

function Copied({ text, copied, label }: { text: string; copied: string; label: string }) {
  return (
    <span className="flex items-center justify-end gap-1">
      <span className="mono min-w-0 truncate" title={text}>
        {text}
      </span>
      <CopyButton text={copied} label={label} isIconOnly />
    </span>
  );
}

/** The settings for who may not change them. */
export function ReadOnlySettings({ workspace }: { workspace: Workspace }) {
  const { defaultLimitNanoUsd: limit, defaultLimitWindow } = workspace;
  return (
    <DefinitionList
      isRuledAround
      items={[
        { term: 'Name', detail: workspace.name },
        { term: 'Description', detail: workspace.description ?? 'None' },
        { term: 'Time zone of charts and days', detail: workspace.timeZone },
        { term: 'Prefix of new keys', detail: <span className="mono">{workspace.keyPrefix ?? DEFAULT_PREFIX}</span> },
        {
          term: 'Limit proposed for a new key',
          detail: limit === null ? 'No limit' : limitShort(limit, defaultLimitWindow),
        },
      ]}
    />
  );
}
