import type { Metadata } from 'next';
import { z } from 'zod';
import { formatPlural } from '@/components/format/text';
import { zonedPartsOf } from '@/components/format/time';
import { Pager } from '@/components/ui/pager';
import { ToolBar, TopBar } from '@/components/ui/top-bar';
import { OFFSET_MAX } from '@/lib/core/page';
import { isStorableText } from '@/lib/core/text';
import { findAccountSession } from '@/lib/entry/session';
import { summariseWorkspaces } from '@/lib/workspaces/queries/summarise-workspaces';
import { SearchBox } from '../../../[workspace]/search-box';
import { OwnersOnly } from '../../owners-only';
import { CreateWorkspaceButton } from '../create-workspace-button';
import { WorkspacesTable } from '../workspaces-table';

export const metadata: Metadata = { title: 'All workspaces' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const PAGE_SIZE = 50;
const query = z.object({
  q: z.string().trim().max(200).refine(isStorableText).catch(''),
  offset: z.coerce.number().int().min(0).max(OFFSET_MAX).catch(0).default(0),
});

/** The account over all its workspaces. */
export default async function WorkspacesPage({ searchParams }: Props) {
  const outcome = await findAccountSession();
  if (outcome.kind !== 'found') return <OwnersOnly title="All workspaces" />;
  const { call } = outcome.session;
  const { q, offset } = query.parse(await searchParams);
  const { rows, sums } = await summariseWorkspaces(call, q, offset, PAGE_SIZE);
  const hrefOf = (at: number) => {
    const chosen = new URLSearchParams([...(q ? [['q', q]] : []), ...(at > 0 ? [['offset', String(at)]] : [])]);
    return chosen.size > 0 ? `/workspaces?${chosen}` : '/workspaces';
  };
  return (
    <>
      <TopBar
        title="All workspaces"
        hint={`${zonedPartsOf(call.now).monthName} so far, UTC`}
        actions={<CreateWorkspaceButton />}
        mobileActions={<CreateWorkspaceButton isIconOnly />}
      />
      <ToolBar label="Filters">
        <SearchBox label="Name or address" search={q} path="/workspaces" others={[]} />
      </ToolBar>
      <WorkspacesTable rows={rows} sums={sums} month={zonedPartsOf(call.now).monthName} search={q} />
      {(sums.workspaces > PAGE_SIZE || offset > 0) && (
        <Pager
          summary={`${rows.length === 0 ? 0 : offset + 1}–${offset + rows.length} of ${formatPlural(sums.workspaces, 'workspace')}`}
          previousHref={offset > 0 ? hrefOf(Math.max(0, offset - PAGE_SIZE)) : null}
          nextHref={offset + rows.length < sums.workspaces ? hrefOf(offset + PAGE_SIZE) : null}
        />
      )}
    </>
  );
}
