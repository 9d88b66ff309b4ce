import type { Metadata } from 'next';
import { z } from 'zod';
import { formatPlural } from '@/components/format/text';
import { Pager } from '@/components/ui/pager';
import { TopBar } from '@/components/ui/top-bar';
import { SCOPES } from '@/lib/core/call';
import { OFFSET_MAX } from '@/lib/core/page';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { requireSession, widestCall } from '@/lib/entry/session';
import { listManagementKeysOf } from '@/lib/management-keys/queries';
import { CreateButton } from '../create-button';
import { CreatePlace } from '../create-place';
import { ManagementKeysTable } from '../management-keys-table';
import { NotForViewers } from '../not-for-viewers';

export const metadata: Metadata = { title: 'Management keys' };

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const PAGE_SIZE = 50;
const query = z.object({ offset: z.coerce.number().int().min(0).max(OFFSET_MAX).catch(0).default(0) });

export default async function ManagementKeysPage({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace } = session;
  if (!call.scopes.has('keys:write')) return <NotForViewers workspaceName={workspace.name} />;
  const { offset } = query.parse(await searchParams);
  const widest = await widestCall(session);
  const { rows, total } = await listManagementKeysOf(widest, workspace.id, offset, PAGE_SIZE);
  const isAccountOwner = widest.workspace === null;
  const create = {
    workspace: { slug: workspace.slug, name: workspace.name },
    scopes: SCOPES.filter((scope) => call.scopes.has(scope)),
    canReachAccount: isAccountOwner,
    baseUrl: publicBaseUrl(),
  };
  const hrefOf = (at: number) => `/${workspace.slug}/management-keys${at > 0 ? `?offset=${at}` : ''}`;
  return (
    <CreatePlace {...create}>
      <TopBar
        title="Management keys"
        hint={`${total} in ${workspace.name}`}
        actions={<CreateButton place="bar" />}
        mobileActions={<CreateButton place="icon" />}
      />
      <ManagementKeysTable
        keys={rows}
        workspaceSlug={workspace.slug}
        now={call.now}
        zone={workspace.timeZone}
        showsReach={isAccountOwner}
      />
      {(total > PAGE_SIZE || offset > 0) && (
        <Pager
          summary={`${rows.length === 0 ? 0 : offset + 1}–${offset + rows.length} of ${formatPlural(total, 'management key')}`}
          previousHref={offset > 0 ? hrefOf(Math.max(0, offset - PAGE_SIZE)) : null}
          nextHref={offset + rows.length < total ? hrefOf(offset + PAGE_SIZE) : null}
        />
      )}
    </CreatePlace>
  );
}
