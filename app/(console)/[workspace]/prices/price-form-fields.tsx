'use client';

import { useState } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { RadioCards } from '@/components/ui/radio-cards';
import { useSentText } from '@/components/ui/sent-fields';
import { TextField } from '@/components/ui/text-field';
import { useIsScripted } from '@/components/ui/use-is-scripted';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { PriceFields } from './price-fields';
import { type PriceDraft, usePricesPlace } from './prices-place';
import { ValidFromField } from './valid-from-field';

type PriceFormProps = { draft: PriceDraft; state: ActionState<unknown> };

/** What is priced, by how much, from when and where. Without scripts the fields of both kinds are there: one kind's count. */
export function PriceForm({ draft, state }: PriceFormProps) {
  const { workspaceName, canReachAccount } = usePricesPlace();
  const isScripted = useIsScripted();
  const [kind, setKind] = useState(readKind(useSentText()('kind') ?? draft.kind));
  const isModel = kind === 'model';
  const [hasModel, hasUnit] = [isModel || !isScripted, !isModel || !isScripted];
  return (
    <>
      <RadioCards
        label="What is priced"
        name="kind"
        value={kind}
        onChange={(event) => setKind(readKind(event.target.value))}
        options={[
          { value: 'model', label: 'A model', help: 'By tokens, per million' },
          { value: 'usage_name', label: 'A usage name', help: 'By units, such as pages' },
        ]}
      />
      <div className={hasModel ? 'grid gap-4 sm:grid-cols-2' : ''}>
        <TextField
          label={isScripted ? (isModel ? 'Model' : 'Usage name') : 'Model or usage name'}
          name="name"
          isMono
          spellCheck={false}
          autoCapitalize="none"
          defaultValue={draft.name}
          maxLength={hasModel ? 200 : 100}
          help="As services send it."
          error={fieldError(state, 'name')}
        />
        {hasModel && <ProviderField draft={draft} state={state} />}
      </div>
      {hasModel && <PriceFields draft={draft} isModel state={state} />}
      {hasUnit && <PriceFields draft={draft} isModel={false} state={state} />}
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
    </>
  );
}

function readKind(value: string): PriceDraft['kind'] {
  return value === 'usage_name' ? value : 'model';
}

function ProviderField({ draft, state }: PriceFormProps) {
  const { providers } = usePricesPlace();
  const isScripted = useIsScripted();
  const shared = {
    label: 'Provider',
    labelAside: 'Optional',
    name: 'provider',
    defaultValue: draft.provider,
    help: 'Only usage that names this provider.',
    error: fieldError(state, 'provider'),
  };
  if (!isScripted) return <TextField {...shared} maxLength={100} />;
  return (
    <Combobox
      {...shared}
      options={[{ value: '', label: 'Any provider' }, ...providers.map((value) => ({ value, label: value }))]}
      createLabel={(typed) => `Use “${typed}”`}
    />
  );
}
