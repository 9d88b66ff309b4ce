import type { Metadata } from 'next';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { EmptyState } from '@/components/ui/empty-state';
import { TopBar } from '@/components/ui/top-bar';
import { requireSession } from '@/lib/entry/session';
import { createKeyAction } from '../actions';
import { KeysPlaceProvider } from '../keys-place';
import { readPlace } from '../read-place';
import { CreateKeyPage } from './create-key-page';

export const metadata: Metadata = { title: 'Create key' };

type Props = { params: Promise<{ workspace: string }> };

/** The form of the dialog with an address of its own. */
export default async function NewKeyPage({ params }: Props) {
  const session = await requireSession((await params).workspace);
  const place = await readPlace(session);
  return (
    <KeysPlaceProvider place={place}>
      <TopBar crumbs={<Breadcrumbs crumbs={[{ label: 'Keys', href: `/${place.slug}/keys` }]} current="Create key" />} />
      <div className="w-full max-w-[668px] px-(--page-x) py-6">
        {place.readOnlyReason === null ? (
          <CreateKeyPage action={createKeyAction.bind(null, place.slug)} />
        ) : (
          <EmptyState headingLevel={2} title="Only admins create keys">
            {place.readOnlyReason}
          </EmptyState>
        )}
      </div>
    </KeysPlaceProvider>
  );
}
