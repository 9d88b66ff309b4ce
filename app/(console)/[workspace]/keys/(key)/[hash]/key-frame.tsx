import type { ReactNode } from 'react';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { Tabs } from '@/components/ui/tabs';
import { TopBar } from '@/components/ui/top-bar';
import { LiveFreshness } from '../../../live-freshness';
import { KeyDialogsProvider } from '../../key-dialogs';
import { KeyMenu } from '../../key-menu';
import { KeysPlaceProvider } from '../../keys-place';
import { KeyHeading } from './key-heading';
import type { KeyPageStart } from './read-key-page';

export const KEY_TABS = ['usage', 'limits', 'secrets', 'events', 'activity'] as const;
export type KeyTab = (typeof KEY_TABS)[number];

const TAB_LABELS: Readonly<Record<KeyTab, string>> = {
  usage: 'Usage',
  limits: 'Limits and what-if',
  secrets: 'Secrets',
  events: 'Events',
  activity: 'Activity',
};

/** The address of a tab; usage is the key's own. */
export function tabHref(slug: string, hash: string, tab: KeyTab): string {
  return tab === 'usage' ? `/${slug}/keys/${hash}` : `/${slug}/keys/${hash}/${tab}`;
}

/** What is around every tab: where it is, what the key is, and the tabs. Read anew with each, so that all is of one moment. */
export function KeyFrame({ start, tab, children }: { start: KeyPageStart; tab: KeyTab; children: ReactNode }) {
  const { place, row, keyOf, session } = start;
  return (
    <KeysPlaceProvider place={place}>
      <KeyDialogsProvider ofKey={row}>
        <TopBar
          crumbs={<Breadcrumbs crumbs={[{ label: 'Keys', href: `/${place.slug}/keys` }]} current={row.name} />}
          freshness={<LiveFreshness now={session.call.now} zone={place.timeZone} />}
          mobileActions={<KeyMenu row={row} isOnOwnPage />}
        />
        <KeyHeading row={row} keyOf={keyOf} />
        <Tabs
          label={`Parts of ${row.name}`}
          tabs={KEY_TABS.map((one) => ({
            label: TAB_LABELS[one],
            href: tabHref(place.slug, row.hash, one),
            isCurrent: one === tab,
            ...(one === 'secrets' && row.graceEndsAt !== null ? { count: 2 } : {}),
          }))}
        />
        {children}
      </KeyDialogsProvider>
    </KeysPlaceProvider>
  );
}
