'use client';

import { useState } from 'react';
import { formatMoney } from '@/components/format/money';
import { Button } from '@/components/ui/button';
import { useSentText } from '@/components/ui/sent-fields';
import { MoneyField } from '@/components/ui/text-field';
import { formatUsd } from '@/lib/core/money';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import type { ListPrice } from '@/lib/prices/contract';
import { tokenCostNanoUsd } from '@/lib/prices/cost';
import { describePrice } from './price-words';
import type { PriceDraft } from './prices-place';
import { readPrice } from './read-price';

type PriceFieldsProps = { draft: PriceDraft; isModel: boolean; state: ActionState<unknown> };

/** The prices themselves, with what a request would cost by them. */
export function PriceFields({ draft, isModel, state }: PriceFieldsProps) {
  const sent = useSentText();
  const [typed, setTyped] = useState({
    input: sent('input') ?? draft.input,
    output: sent('output') ?? draft.output,
    cacheRead: sent('cacheRead') ?? draft.cacheRead,
    cacheWrite: sent('cacheWrite') ?? draft.cacheWrite,
    unit: sent('unit') ?? draft.unit,
  });
  const field = (name: keyof typeof typed) => ({
    name,
    value: typed[name],
    maxLength: 64,
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value }),
    error: fieldError(state, name),
  });
  if (!isModel) {
    return <MoneyField label="Price" suffix="USD per unit" {...field('unit')} />;
  }
  return (
    <div className="flex flex-col gap-3">
      {draft.listPrices.length > 0 && (
        <ListPrices listPrices={draft.listPrices} onTake={(price) => setTyped({ ...typed, ...price })} />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <MoneyField label="Input" suffix="per 1M tokens" {...field('input')} />
        <MoneyField label="Output" suffix="per 1M tokens" {...field('output')} />
        <MoneyField
          label="Cache read"
          labelAside="Optional"
          placeholder="As input"
          suffix="per 1M tokens"
          {...field('cacheRead')}
        />
        <MoneyField
          label="Cache write"
          labelAside="Optional"
          placeholder="As input"
          suffix="per 1M tokens"
          {...field('cacheWrite')}
        />
      </div>
      <p aria-live="polite" className="text-xs text-fg-3">
        {describeExample(typed.input, typed.output) ?? 'A request costs its input and output tokens at these prices.'}
      </p>
    </div>
  );
}

const EXAMPLE_TOKENS = {
  promptTokens: 1_000n,
  completionTokens: 500n,
  cachedPromptTokens: 0n,
  cacheCreationTokens: 0n,
};

/** NULL: the prices are not both there yet. */
function describeExample(inputTyped: string, outputTyped: string): string | null {
  const [input, output] = [readPrice(inputTyped), readPrice(outputTyped)];
  if (typeof input === 'string' || typeof output === 'string') return null;
  const cost = tokenCostNanoUsd(EXAMPLE_TOKENS, {
    inputNanoUsdPerMillion: input,
    outputNanoUsdPerMillion: output,
    cacheReadNanoUsdPerMillion: null,
    cacheWriteNanoUsdPerMillion: null,
  });
  return `A request with 1,000 input and 500 output tokens costs ${formatMoney(cost)}.`;
}

type TakenPrice = Pick<PriceDraft, 'input' | 'output' | 'cacheRead' | 'cacheWrite'>;

/** What providers ask for the model: one click takes it into the fields. */
function ListPrices({ listPrices, onTake }: { listPrices: readonly ListPrice[]; onTake: (price: TakenPrice) => void }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-fg-2">Take a list price</legend>
      {listPrices.map((price) => (
        <div key={price.providers.join()} className="flex items-center gap-3 rounded-md border border-line px-3 py-2">
          <span className="min-w-0 flex-1">
            {describePrice(price)}
            <span className="block truncate text-xs text-fg-3">{price.providers.join(', ')}</span>
          </span>
          <Button size="sm" aria-label={`Take ${describePrice(price)}`} onClick={() => onTake(draftOf(price))}>
            Take
          </Button>
        </div>
      ))}
    </fieldset>
  );
}

/** Prices as they are typed. NULL, which is as input, is an empty field. */
export function draftOf(price: Omit<ListPrice, 'providers'>): TakenPrice {
  const text = (nanoUsd: bigint | null) => (nanoUsd === null ? '' : formatUsd(nanoUsd));
  return {
    input: text(price.inputNanoUsdPerMillion),
    output: text(price.outputNanoUsdPerMillion),
    cacheRead: text(price.cacheReadNanoUsdPerMillion),
    cacheWrite: text(price.cacheWriteNanoUsdPerMillion),
  };
}
