import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { formatClockSeconds } from '@/components/format/time';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { Freshness } from '@/components/ui/freshness';
import { RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { TopBar } from '@/components/ui/top-bar';
import { AppError } from '@/lib/core/errors';
import { requireSession } from '@/lib/entry/session';
import type { Key } from '@/lib/keys/contract';
import { getKey } from '@/lib/keys/queries';
import { KeyDialogsProvider } from '../key-dialogs';
import { toKeyRow } from '../key-row';
import { KeysPlaceProvider } from '../keys-place';
import { readPlace } from '../read-place';
import { KeyActions } from './key-actions';
import { KeyFacts, RequestFacts } from './key-facts';
import { KeyHeading } from './key-heading';
import { LimitLedger } from './limit-ledger';
import { SpendLedger } from './spend-ledger';

type Props = { params: Promise<{ workspace: string; hash: string }> };

/** Once a request, for the title and the page. A key of another workspace is not here. */
const readKey = cache(async (slug: string, hash: string): Promise<Key> => {
  const { call } = await requireSession(slug);
  try {
    return await getKey(call, hash);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { workspace, hash } = await params;
  return { title: (await readKey(workspace, hash)).name };
}

export default async function KeyPage({ params }: Props) {
  const { workspace, hash } = await params;
  const session = await requireSession(workspace);
  const [key, place] = await Promise.all([readKey(workspace, hash), readPlace(session)]);
  const { now } = session.call;
  const row = toKeyRow(key, now);
  return (
    <KeysPlaceProvider place={place}>
      <KeyDialogsProvider isOfOneKey>
        <TopBar
          crumbs={<Breadcrumbs crumbs={[{ label: 'Keys', href: `/${place.slug}/keys` }]} current={key.name} />}
          freshness={
            <Freshness label={`As of ${formatClockSeconds(now)}`} title="Includes everything recorded until then" />
          }
          actions={<KeyActions row={row} />}
        />
        <KeyHeading row={row} />
        <RuledSheet>
          <SheetRow>
            <SheetCell span={8} label="Limit">
              <SectionHeader title="Limit" hint="USD, counted in UTC" />
              <LimitLedger row={row} />
            </SheetCell>
            <SheetCell span={4} label="Spend">
              <SectionHeader title="Spend" hint="USD, UTC" />
              <SpendLedger keyOf={key} now={now} />
            </SheetCell>
          </SheetRow>
          <SheetRow>
            <SheetCell span={8} label="Details">
              <SectionHeader title="Details" />
              <KeyFacts keyOf={key} row={row} />
            </SheetCell>
            <SheetCell span={4} label="Requests">
              <SectionHeader title="Requests" hint="UTC" />
              <RequestFacts keyOf={key} now={now} />
            </SheetCell>
          </SheetRow>
        </RuledSheet>
      </KeyDialogsProvider>
    </KeysPlaceProvider>
  );
}
