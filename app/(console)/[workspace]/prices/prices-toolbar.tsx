import { History } from 'lucide-react';
import { formatPlural } from '@/components/format/text';
import { ButtonLink } from '@/components/ui/button-link';
import { SegmentedLinks } from '@/components/ui/segmented';
import { ToolBar } from '@/components/ui/top-bar';
import type { PriceSource } from '@/lib/prices/contract';
import { SearchBox } from '../search-box';
import { type PriceParams, priceQuery, pricesHref } from './price-params';

const sourceLabels: Record<PriceSource, string> = { all: 'All', set: 'Set here', catalogue: 'Catalogue' };
const SOURCES = ['all', 'set', 'catalogue'] as const;

type PricesToolbarProps = { slug: string; params: PriceParams; replaced: number };

export function PricesToolbar({ slug, params, replaced }: PricesToolbarProps) {
  return (
    <ToolBar label="Filters">
      <SearchBox
        label="Model, usage name or provider"
        search={params.search}
        path={`/${slug}/prices`}
        others={priceQuery({ ...params, search: '' })}
      />
      <SegmentedLinks
        label="Whose prices"
        options={SOURCES.map((source) => ({
          label: sourceLabels[source],
          href: pricesHref(slug, params, { source }),
          isCurrent: params.source === source,
        }))}
      />
      {(replaced > 0 || params.showReplaced) && (
        <ButtonLink
          variant="ghost"
          size="sm"
          icon={<History size={14} strokeWidth={1.9} aria-hidden="true" />}
          href={pricesHref(slug, params, { showReplaced: !params.showReplaced })}
        >
          {params.showReplaced ? 'Hide replaced prices' : `Show ${formatPlural(replaced, 'replaced price')}`}
        </ButtonLink>
      )}
    </ToolBar>
  );
}
