'use client';

import { useState } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import { useToast } from '@/components/ui/toast';
import { fieldError, formError } from '@/lib/entry/action-state';
import { useCommand } from '../keys/use-command';
import { createPriceAction } from './actions';
import { PriceFields } from './price-fields';
import { type PriceDraft, usePricesPlace } from './prices-place';
import { ValidFromField } from './valid-from-field';

/** The dialog, while it is open. */
export function PriceDialogPlace() {
  const { draft, closePrice } = usePricesPlace();
  return draft && <PriceDialog draft={draft} onClose={closePrice} />;
}

/** Adds a price. It begins with a draft: of a name that has none, or of the price that it is to follow. */
function PriceDialog({ draft, onClose }: { draft: PriceDraft; onClose: () => void }) {
  const { slug, workspaceName, canReachAccount, providers } = usePricesPlace();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(createPriceAction.bind(null, slug));
  const [isTouched, setIsTouched] = useState(false);
  const [kind, setKind] = useState(draft.kind);
  const isModel = kind === 'model';
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
        <RadioCards
          label="What is priced"
          name="kind"
          value={kind}
          onChange={(event) => setKind(event.target.value === 'usage_name' ? 'usage_name' : 'model')}
          options={[
            { value: 'model', label: 'A model', help: 'By tokens, per million' },
            { value: 'usage_name', label: 'A usage name', help: 'By units, such as pages' },
          ]}
        />
        <div className={isModel ? 'grid gap-4 sm:grid-cols-2' : ''}>
          <TextField
            label={isModel ? 'Model' : 'Usage name'}
            name="name"
            isMono
            spellCheck={false}
            autoCapitalize="none"
            defaultValue={draft.name}
            maxLength={isModel ? 200 : 100}
            help="As services send it."
            error={fieldError(state, 'name')}
          />
          {isModel && (
            <Combobox
              label="Provider"
              labelAside="Optional"
              name="provider"
              defaultValue={draft.provider}
              options={[{ value: '', label: 'Any provider' }, ...providers.map((value) => ({ value, label: value }))]}
              createLabel={(typed) => `Use “${typed}”`}
              help="Only usage that names this provider."
              error={fieldError(state, 'provider')}
            />
          )}
        </div>
        <PriceFields draft={draft} isModel={isModel} state={state} />
        <ValidFromField state={state} />
        {canReachAccount && (
          <RadioCards
            label="Holds in"
            name="reach"
            defaultValue="workspace"
            options={[
              { value: 'workspace', label: 'This workspace', help: `Only ${workspaceName}` },
              { value: 'account', label: 'Whole account', help: 'Every workspace without a price of its own' },
            ]}
          />
        )}
      </FormShell>
    </Dialog>
  );
}
