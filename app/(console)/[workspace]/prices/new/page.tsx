import type { Metadata } from 'next';
import { EmptyState } from '@/components/ui/empty-state';
import { requireSession } from '@/lib/entry/session';
import { FormPage } from '../../form-page';
import { createPriceAction } from '../actions';
import { PricesPlaceProvider } from '../prices-place';
import { readPlace } from '../read-place';
import { AddPricePage } from './add-price-page';

export const metadata: Metadata = { title: 'Add price' };

type Props = { params: Promise<{ workspace: string }> };

/** The form of the dialog with an address of its own. */
export default async function NewPricePage({ params }: Props) {
  const session = await requireSession((await params).workspace);
  const place = await readPlace(session);
  return (
    <PricesPlaceProvider place={place}>
      <FormPage parents={[{ label: 'Prices', href: `/${place.slug}/prices` }]} title="Add price">
        {place.readOnlyReason === null ? (
          <AddPricePage action={createPriceAction.bind(null, place.slug)} />
        ) : (
          <EmptyState headingLevel={2} title="Only owners set prices">
            {place.readOnlyReason}
          </EmptyState>
        )}
      </FormPage>
    </PricesPlaceProvider>
  );
}
