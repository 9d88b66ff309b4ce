import type { Metadata } from 'next';
import { z } from 'zod';
import { formatPlural } from '@/components/format/text';
import { Pager } from '@/components/ui/pager';
import { TopBar } from '@/components/ui/top-bar';
import { OFFSET_MAX } from '@/lib/core/page';
import { requireSession } from '@/lib/entry/session';
import { listMembers } from '@/lib/members/queries';
import { AddMember } from '../add-member';
import { MembersTable } from '../members-table';

export const metadata: Metadata = { title: 'Members' };

type Props = {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const PAGE_SIZE = 50;
const query = z.object({ offset: z.coerce.number().int().min(0).max(OFFSET_MAX).catch(0).default(0) });

export default async function MembersPage({ params, searchParams }: Props) {
  const { call, workspace } = await requireSession((await params).workspace);
  const { offset } = query.parse(await searchParams);
  const { rows, total } = await listMembers(call, workspace.id, offset, PAGE_SIZE);
  const canManage = call.scopes.has('workspaces:write');
  const place = { slug: workspace.slug, name: workspace.name };
  const hrefOf = (at: number) => `/${workspace.slug}/members${at > 0 ? `?offset=${at}` : ''}`;
  return (
    <>
      <TopBar
        title="Members"
        hint={`${total} in ${workspace.name}`}
        actions={canManage && <AddMember workspace={place} />}
      />
      <MembersTable members={rows} workspace={place} zone={workspace.timeZone} canManage={canManage} />
      {(total > PAGE_SIZE || offset > 0) && (
        <Pager
          summary={`${rows.length === 0 ? 0 : offset + 1}–${offset + rows.length} of ${formatPlural(total, 'member')}`}
          previousHref={offset > 0 ? hrefOf(Math.max(0, offset - PAGE_SIZE)) : null}
          nextHref={offset + rows.length < total ? hrefOf(offset + PAGE_SIZE) : null}
        />
      )}
    </>
  );
}
