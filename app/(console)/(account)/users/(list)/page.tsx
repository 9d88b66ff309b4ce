import type { Metadata } from 'next';
import { z } from 'zod';
import { formatPlural } from '@/components/format/text';
import { Pager } from '@/components/ui/pager';
import { ToolBar, TopBar } from '@/components/ui/top-bar';
import { OFFSET_MAX } from '@/lib/core/page';
import { isStorableText } from '@/lib/core/text';
import { findAccountSession } from '@/lib/entry/session';
import { listReachedWorkspaces } from '@/lib/members/queries';
import { listUsers } from '@/lib/users/queries';
import { SearchBox } from '../../../[workspace]/search-box';
import { OwnersOnly } from '../../owners-only';
import { InviteUserButton } from '../invite-user-button';
import { UsersPlaceProvider } from '../users-place';
import { UsersTable } from '../users-table';

export const metadata: Metadata = { title: 'Users' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const PAGE_SIZE = 50;
const query = z.object({
  q: z.string().trim().max(200).refine(isStorableText).catch(''),
  offset: z.coerce.number().int().min(0).max(OFFSET_MAX).catch(0).default(0),
});

/** Everybody who may sign in. */
export default async function UsersPage({ searchParams }: Props) {
  const outcome = await findAccountSession();
  if (outcome.kind !== 'found') return <OwnersOnly title="Users" />;
  const { call, user } = outcome.session;
  const { q, offset } = query.parse(await searchParams);
  const [{ rows, total }, workspaces] = await Promise.all([
    listUsers(call, q, offset, PAGE_SIZE),
    listReachedWorkspaces(user, call.now),
  ]);
  const hrefOf = (at: number) => {
    const chosen = new URLSearchParams([...(q ? [['q', q]] : []), ...(at > 0 ? [['offset', String(at)]] : [])]);
    return chosen.size > 0 ? `/users?${chosen}` : '/users';
  };
  return (
    <UsersPlaceProvider
      place={{ ownId: user.id, now: call.now, workspaces: workspaces.map(({ id, name }) => ({ id, name })) }}
    >
      <TopBar
        title="Users"
        hint="Everybody who may sign in"
        actions={<InviteUserButton />}
        mobileActions={<InviteUserButton isIconOnly />}
      />
      <ToolBar label="Filters">
        <SearchBox label="Name or email" search={q} path="/users" others={[]} />
      </ToolBar>
      <UsersTable rows={rows} search={q} />
      {(total > PAGE_SIZE || offset > 0) && (
        <Pager
          summary={`${rows.length === 0 ? 0 : offset + 1}–${offset + rows.length} of ${formatPlural(total, 'user')}`}
          previousHref={offset > 0 ? hrefOf(Math.max(0, offset - PAGE_SIZE)) : null}
          nextHref={offset + rows.length < total ? hrefOf(offset + PAGE_SIZE) : null}
        />
      )}
    </UsersPlaceProvider>
  );
}
