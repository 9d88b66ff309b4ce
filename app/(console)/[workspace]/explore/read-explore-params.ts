import { DIMENSIONS, type Dimension, FILTER_VALUES_MAX, type Filter } from '@/lib/analytics/contract';
import { isAdditive, SHOWN_MEASURES } from '@/lib/analytics/measures-shown';
import { isStorableText } from '@/lib/core/text';
import { GRANULARITIES } from '@/lib/core/zone';
import { readPeriodName } from '../period-params';
import type { SearchParams } from '../search-params';
import { CHARTS, EXCLUDED, EXPLORE_DEFAULT, EXPLORE_PERIOD, type ExploreParams, TOPS } from './explore-params';
import { EXPLORE_SORTS, isDescendingFirst, SORT_DEFAULT, sortOfShown } from './explore-sort';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const VALUE_LENGTH_MAX = 200;

/** An address may be typed, old or mangled: what is not understood is left out. */
export function readExploreParams(params: SearchParams): ExploreParams {
  const single = (name: string) => [params[name]].flat()[0];
  const pick = <Value extends string>(values: readonly Value[], name: string) =>
    values.find((value) => value === single(name)) ?? null;
  const measure = pick(SHOWN_MEASURES, 'measure') ?? EXPLORE_DEFAULT.measure;
  const by = single('by') === 'none' ? null : (pick(DIMENSIONS, 'by') ?? EXPLORE_DEFAULT.by);
  const thenBy = pick(DIMENSIONS, 'then');
  const viewId = single('view');
  const isCompared = single('compare') !== 'off';
  const column = pick(EXPLORE_SORTS, 'sort') ?? SORT_DEFAULT.column;
  const direction = pick(['asc', 'desc'], 'dir');
  const isDescending = direction === null ? isDescendingFirst(column) : direction === 'desc';
  return {
    measure,
    by,
    thenBy: by === null || thenBy === by ? null : thenBy,
    every: pick(GRANULARITIES, 'every'),
    top: TOPS.find((top) => String(top) === single('top')) ?? EXPLORE_DEFAULT.top,
    period: readPeriodName(params, EXPLORE_PERIOD),
    isCompared,
    filters: readFilters(params),
    chart: (canBeStacked(measure, by) && pick(CHARTS, 'chart')) || EXPLORE_DEFAULT.chart,
    sort: sortOfShown({ column, isDescending }, { measure, by, isCompared }),
    viewId: viewId !== undefined && UUID.test(viewId) ? viewId : null,
  };
}

/** Whether parts come to the whole: a key is in each of its tags, and rates do not add up. */
export function canBeStacked(measure: ExploreParams['measure'], by: Dimension | null): boolean {
  return isAdditive(measure) && by !== 'tag';
}

/** In the order of the dimensions, so that the same filters have one address. */
function readFilters(params: SearchParams): Filter[] {
  return DIMENSIONS.flatMap((dimension) =>
    [false, true].flatMap((isExcluded): Filter[] => {
      const given = [params[`${isExcluded ? EXCLUDED : ''}${dimension}`]].flat();
      const values = [...new Set(given.flatMap((value) => readValue(dimension, value)))].slice(0, FILTER_VALUES_MAX);
      return values.length === 0 ? [] : [{ dimension, values, ...(isExcluded ? { isExcluded } : {}) }];
    }),
  );
}

/** An empty text stands for what has no value; keys, environments and classes of status always have one. */
function readValue(dimension: Dimension, value: string | undefined): (string | null)[] {
  if (value === undefined || value.length > VALUE_LENGTH_MAX || !isStorableText(value)) return [];
  switch (dimension) {
    case 'key':
      return /^[0-9a-f]{64}$/.test(value) ? [value] : [];
    case 'environment':
      return value === 'live' || value === 'test' ? [value] : [];
    case 'status_class':
      return /^[1-5]$/.test(value) ? [value] : [];
    default:
      return [value === '' ? null : value];
  }
}
