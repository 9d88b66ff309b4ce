import type { Metadata } from 'next';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/entry/session';
import { FormPage } from '../../form-page';
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
      <FormPage parents={[{ label: 'Keys', href: `/${place.slug}/keys` }]} title="Create key">
        {place.readOnlyReason === null ? (
          <CreateKeyPage action={createKeyAction.bind(null, place.slug)} />
        ) : (
          <EmptyState headingLevel={2} title="Only admins create keys">
            {place.readOnlyReason}
          </EmptyState>
        )}
      </FormPage>
    </KeysPlaceProvider>
  );
}
