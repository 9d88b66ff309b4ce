import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { formatPlural } from '@/components/format/text';
import { Pager } from '@/components/ui/pager';
import { TopBar } from '@/components/ui/top-bar';
import { keepSeriesSlots } from '@/lib/analytics/commands/keep-series-slots';
import { readUsageOfKeys } from '@/lib/analytics/queries/read-usage-of-keys';
import { publicBaseUrl } from '@/lib/entry/base-url';
import { requireSession } from '@/lib/entry/session';
import { listKeyRows } from '@/lib/keys/queries';
import { countKeys, summariseKeys } from '@/lib/keys/queries/summarise-keys';
import { LiveFreshness } from '../../live-freshness';
import { CreateKeyButton } from '../create-key-button';
import { FirstRun } from '../first-run';
import { KeyDialogsProvider } from '../key-dialogs';
import { toKeyRow } from '../key-row';
import { KeysPlaceProvider } from '../keys-place';
import { KeysTable } from '../keys-table';
import { KeysToolbar } from '../keys-toolbar';
import { readView, VIEW_COOKIE } from '../keys-view';
import { KeysViewProvider } from '../keys-view-provider';
import { type KeyListParams, listHref } from '../list-params';
import { parseListParams, type SearchParams, toFilter, toOrder } from '../read-list-params';
import { readPlace } from '../read-place';
import { toRowUsage } from '../row-usage';

export const metadata: Metadata = { title: 'Keys' };

/** To judge every key for the numbers beside the filters takes a page's time from here on. */
const JUDGED_KEYS_MAX = 5_000;

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };

export default async function KeysPage({ params, searchParams }: Props) {
  const session = await requireSession((await params).workspace);
  const { call, workspace } = session;
  const list = parseListParams(await searchParams);
  const view = readView((await cookies()).get(VIEW_COOKIE)?.value);
  const filter = toFilter(workspace.id, list);
  const [{ rows, usage }, { keyCount, summary }, place, slots] = await Promise.all([
    listKeyRows(call, filter, toOrder(list), (list.page - 1) * view.pageSize, view.pageSize).then(async (rows) => {
      const hashes = rows.map(({ hash }) => hash);
      return { rows, usage: await readUsageOfKeys(call, workspace.id, hashes, workspace.timeZone) };
    }),
    countKeys(call, workspace.id).then(async (keyCount) => ({
      keyCount,
      summary: await summariseKeys(call, filter, keyCount <= JUDGED_KEYS_MAX),
    })),
    readPlace(session),
    keepSeriesSlots(call, workspace.id, 'endpoint'),
  ]);
  const total = summary.shown.keys;
  if (rows.length === 0 && total > 0) redirect(lastPageHref(workspace.slug, list, total, view.pageSize));
  const isFirstRun = keyCount === 0;
  return (
    <KeysPlaceProvider place={place}>
      <KeysViewProvider view={view}>
        <KeyDialogsProvider>
          <TopBar
            title="Keys"
            hint={isFirstRun ? undefined : `${keyCount} in ${workspace.name}`}
            freshness={isFirstRun ? undefined : <LiveFreshness now={call.now} zone="UTC" />}
            actions={<CreateKeyButton hasShortcut />}
            mobileActions={<CreateKeyButton isIconOnly />}
          />
          {isFirstRun ? (
            <FirstRun slug={workspace.slug} baseUrl={publicBaseUrl()} canWrite={place.readOnlyReason === null} />
          ) : (
            <>
              <KeysToolbar params={list} shownKeys={total} keysByStatus={summary.byStatus} keyCount={keyCount} />
              <KeysTable
                rows={rows.map((key) => toKeyRow(key, call.now, toRowUsage(usage.keys.get(key.hash), slots)))}
                params={list}
                sums={summary.shown}
                keyCount={keyCount}
              />
              {total > 0 && (
                <KeysPager
                  slug={workspace.slug}
                  list={list}
                  total={total}
                  pageSize={view.pageSize}
                  hidden={summary.hiddenDisabledKeys}
                />
              )}
            </>
          )}
        </KeyDialogsProvider>
      </KeysViewProvider>
    </KeysPlaceProvider>
  );
}

/** The page beyond the last, such as after a deletion, is the last. */
function lastPageHref(slug: string, list: KeyListParams, total: number, pageSize: number): string {
  return listHref(slug, list, { page: Math.ceil(total / pageSize) });
}

type KeysPagerProps = { slug: string; list: KeyListParams; total: number; pageSize: number; hidden: number };

function KeysPager({ slug, list, total, pageSize, hidden }: KeysPagerProps) {
  const { page } = list;
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <Pager
      summary={`${first}–${last} of ${formatPlural(total, 'key')}`}
      note={hidden > 0 ? `${formatPlural(hidden, 'disabled key')} hidden` : undefined}
      previousHref={page > 1 ? listHref(slug, list, { page: page - 1 }) : null}
      nextHref={last < total ? listHref(slug, list, { page: page + 1 }) : null}
    />
  );
}
