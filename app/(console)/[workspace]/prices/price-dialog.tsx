'use client';

import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';
import { createPriceAction } from './actions';
import { PriceForm } from './price-form-fields';
import { type PriceDraft, usePricesPlace } from './prices-place';

/** The dialog, while it is open. */
export function PriceDialogPlace() {
  const { draft, closePrice } = usePricesPlace();
  return draft && <PriceDialog draft={draft} onClose={closePrice} />;
}

/** Adds a price. It begins with a draft: of a name that has none, or of the price that it is to follow. */
function PriceDialog({ draft, onClose }: { draft: PriceDraft; onClose: () => void }) {
  const { slug } = usePricesPlace();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(createPriceAction.bind(null, slug));
  const [isTouched, setIsTouched] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add price"
      description="It prices what is recorded from now on. Events on the books keep their cost."
      hasUnsavedInput={isTouched}
    >
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget), (name) => {
            show({ title: `${name} has a price`, description: 'It holds for what is recorded from now on.' });
            onClose();
          });
        }}
        onInput={() => setIsTouched(true)}
        pending={isPending}
        submitError={formError(state)}
        submitLabel="Add price"
        onCancel={onClose}
      >
        <PriceForm draft={draft} state={state} />
      </FormShell>
    </Dialog>
  );
}
