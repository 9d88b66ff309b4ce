'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { EMPTY_DRAFT, usePricesPlace } from './prices-place';

export function AddPriceButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const { readOnlyReason, openPrice } = usePricesPlace();
  const open = () => openPrice(EMPTY_DRAFT);
  if (isIconOnly) {
    const icon = <Plus size={18} strokeWidth={1.9} aria-hidden="true" />;
    return <IconButton label="Add price" icon={icon} size="md" disabledReason={readOnlyReason} onClick={open} />;
  }
  return (
    <Button
      variant="primary"
      size="sm"
      icon={<Plus size={14} strokeWidth={1.9} aria-hidden="true" />}
      shortcut="C"
      disabledReason={readOnlyReason}
      onClick={open}
    >
      Add price
    </Button>
  );
}
