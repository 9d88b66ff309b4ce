'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { LeadsTo, opening } from '@/components/ui/leads-to';
import { EMPTY_DRAFT, usePricesPlace } from './prices-place';

export function AddPriceButton({ isIconOnly = false }: { isIconOnly?: boolean }) {
  const { slug, readOnlyReason, openPrice } = usePricesPlace();
  const href = `/${slug}/prices/new`;
  const open = () => openPrice(EMPTY_DRAFT);
  if (isIconOnly) {
    const icon = <Plus size={18} strokeWidth={1.9} aria-hidden="true" />;
    return (
      <LeadsTo href={href}>
        <IconButton label="Add price" icon={icon} size="md" disabledReason={readOnlyReason} {...opening(open)} />
      </LeadsTo>
    );
  }
  return (
    <LeadsTo href={href}>
      <Button
        variant="primary"
        size="sm"
        icon={<Plus size={14} strokeWidth={1.9} aria-hidden="true" />}
        shortcut="C"
        disabledReason={readOnlyReason}
        {...opening(open)}
      >
        Add price
      </Button>
    </LeadsTo>
  );
}
