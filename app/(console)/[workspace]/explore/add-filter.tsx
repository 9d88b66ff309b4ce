'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CheckMark } from '@/components/ui/checkbox';
import { FilterPopover } from '@/components/ui/filter-popover';
import { IconButton } from '@/components/ui/icon-button';
import { SearchField } from '@/components/ui/search-field';
import { DIMENSIONS, type Dimension, FILTER_VALUES_MAX } from '@/lib/analytics/contract';
import { formOf, useCommand } from '../../../use-command';
import { type FilterOption, listValuesAction } from './actions';
import { type ExploreParams, exploreHref, exploreQuery, isAlike, withFilter } from './explore-params';
import { DIMENSION_WORDS } from './explore-words';

/** First what to filter by, then which of its values, which are those that were used in the period. */
export function AddFilter({ slug, params }: { slug: string; params: ExploreParams }) {
  const [isOpen, setIsOpen] = useState(false);
  const [dimension, setDimension] = useState<Dimension | null>(null);
  const [options, setOptions] = useState<readonly FilterOption[]>([]);
  const { state, isPending, run } = useCommand(listValuesAction.bind(null, slug));
  function choose(next: Dimension) {
    setDimension(next);
    setOptions([]);
    run(formOf({ dimension: next, query: new URLSearchParams(exploreQuery(params)).toString() }), setOptions);
  }
  function change(open: boolean) {
    setIsOpen(open);
    if (!open) setDimension(null);
  }
  return (
    <FilterPopover width={264} isOpen={isOpen} onOpenChange={change}>
      {dimension === null ? (
        <ul>
          {DIMENSIONS.map((one) => (
            <li key={one}>
              <button
                type="button"
                onClick={() => choose(one)}
                className="flex min-h-8 w-full items-center justify-between rounded-sm px-2 text-left hover:bg-hover focus-visible:outline-offset-[-2px] max-md:min-h-11"
              >
                {DIMENSION_WORDS[one].one}
                <ChevronRight size={14} strokeWidth={1.9} aria-hidden="true" className="text-fg-3" />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <ValuePicker
          key={dimension}
          slug={slug}
          params={params}
          dimension={dimension}
          options={options}
          isLoading={isPending}
          error={state.status === 'error' ? state.message : null}
          onBack={() => setDimension(null)}
          onDone={() => change(false)}
        />
      )}
    </FilterPopover>
  );
}

type ValuePickerProps = {
  slug: string;
  params: ExploreParams;
  dimension: Dimension;
  options: readonly FilterOption[];
  isLoading: boolean;
  error: string | null;
  onBack: () => void;
  onDone: () => void;
};

function ValuePicker({ slug, params, dimension, options, isLoading, error, onBack, onDone }: ValuePickerProps) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string | null>>(() => valuesOf(params, dimension));
  const matches = options.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  const words = DIMENSION_WORDS[dimension];
  const isFull = chosen.size >= FILTER_VALUES_MAX;
  function toggle(id: string | null) {
    const next = new Set(chosen);
    if (!next.delete(id) && !isFull) next.add(id);
    setChosen(next);
  }
  function apply(isExcluded: boolean) {
    const filter = { dimension, values: [...chosen], ...(isExcluded ? { isExcluded } : {}) };
    const others = withFilter(params.filters, { dimension, values: [] });
    const without = withFilter(others, { dimension, values: [], isExcluded: true });
    router.push(exploreHref(slug, params, { filters: withFilter(without, filter) }));
    onDone();
  }
  const reason = chosen.size === 0 ? 'Choose at least one' : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === null) apply(false);
      }}
    >
      <div className="flex items-center gap-1 pb-1">
        <IconButton
          label="Back"
          hasTooltip={false}
          icon={<ChevronLeft size={16} strokeWidth={1.75} aria-hidden="true" />}
          onClick={onBack}
        />
        <SearchField
          ref={focusField}
          label={`Find ${words.many}`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="min-w-0 flex-1"
        />
      </div>
      <div className="max-h-64 min-h-24 overflow-y-auto" aria-busy={isLoading}>
        {isLoading && <p className="px-2 py-1.5 text-fg-3">Looking…</p>}
        {error && (
          <p role="alert" className="px-2 py-1.5 text-fg-2">
            {error}
          </p>
        )}
        {!isLoading && !error && matches.length === 0 && <p className="px-2 py-1.5 text-fg-3">Nothing found</p>}
        <ul>
          {matches.map(({ id, label, requests }) => (
            <li key={id ?? ''}>
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is the first thing in it. */}
              <label className="flex min-h-8 items-center gap-2 rounded-sm px-2 hover:bg-hover max-md:min-h-11">
                <CheckMark checked={chosen.has(id)} onChange={() => toggle(id)} />
                <span className="min-w-0 flex-1 truncate" title={label}>
                  {label}
                </span>
                <span className="text-xs text-fg-3">{requests}</span>
              </label>
            </li>
          ))}
        </ul>
      </div>
      <div className="mt-1 flex gap-1.5 border-t border-line px-1 pt-2 pb-1">
        <Button type="submit" size="sm" variant="primary" disabledReason={reason}>
          Show only these
        </Button>
        <Button size="sm" disabledReason={reason} onClick={() => apply(true)}>
          Leave out
        </Button>
      </div>
    </form>
  );
}

/** The same function at each rendering, so that it runs once. */
function focusField(field: HTMLInputElement | null) {
  field?.focus();
}

function valuesOf({ filters }: ExploreParams, dimension: Dimension): Set<string | null> {
  const kept = filters.filter(
    (filter) =>
      isAlike(filter, { dimension, values: [] }) || isAlike(filter, { dimension, values: [], isExcluded: true }),
  );
  return new Set(kept.flatMap(({ values }) => values));
}
