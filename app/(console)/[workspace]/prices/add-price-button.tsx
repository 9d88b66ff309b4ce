'use client';

import { Plus } from 'lucide-react';
import { OpeningButton } from '@/components/ui/opening-button';
import { EMPTY_DRAFT, usePricesPlace } from './prices-place';

export function AddPriceButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const { slug, readOnlyReason, openPrice } = usePricesPlace();
  return (
    <OpeningButton
      label="Add price"
      Icon={Plus}
      href={`/${slug}/prices/new`}
      onOpen={() => openPrice(EMPTY_DRAFT)}
      isIconOnly={isIconOnly}
      shortcut="C"
      disabledReason={readOnlyReason}
    />
  );
}
