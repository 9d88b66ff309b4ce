import { fractionOf } from '@/components/format/money';
import type { Sums } from '@/lib/analytics/contract';
import { otherName, valueId, valueNames } from '../../../../series-of-answer';
import type { EndpointRow } from './endpoint-shares';
import type { ModelFigures, ModelRow } from './models-table';
import type { KeyUsage } from './read-usage';
import { noCacheTokens } from './usage-series';

/** Where a value's events are. */
type HrefOf = (value: string) => string;

/** A row for each model that has one, and one for the rest. */
export function modelRows(models: KeyUsage['models'], hrefOf: HrefOf): ModelRow[] {
  const whole = models.total.sums;
  const rows = models.groups.map(({ values, total }) => ({
    ...modelFigures(total.sums, whole),
    id: `model ${valueId(values)}`,
    name: valueNames(values),
    href: hrefOf(valueId(values)),
  }));
  if (!models.other) return rows;
  const rest = modelFigures(models.other.total.sums, whole);
  return [...rows, { ...rest, id: 'other', name: otherName(models), href: null }];
}

/** The figures of one model, or of all. */
export function modelFigures(sums: Sums, whole: Sums): ModelFigures {
  return {
    requests: sums.requests,
    noCacheTokens: noCacheTokens(sums),
    cacheReadTokens: sums.cachedPromptTokens,
    cacheWriteTokens: sums.cacheCreationTokens,
    outputTokens: sums.completionTokens,
    spendNanoUsd: sums.spendNanoUsd,
    byokNanoUsd: sums.byokNanoUsd,
    share: fractionOf(sums.spendNanoUsd, whole.spendNanoUsd),
  };
}

/** A row for each endpoint that has one, and one for the rest. */
export function endpointRows(endpoints: KeyUsage['endpoints'], hrefOf: HrefOf): EndpointRow[] {
  const rows = endpoints.groups.map(({ values, total: { sums } }) => ({
    id: `endpoint ${valueId(values)}`,
    name: valueNames(values),
    href: hrefOf(valueId(values)),
    requests: sums.requests,
    spendNanoUsd: sums.spendNanoUsd,
  }));
  if (!endpoints.other) return rows;
  const { requests, spendNanoUsd } = endpoints.other.total.sums;
  return [...rows, { id: 'other', name: otherName(endpoints), href: null, requests, spendNanoUsd }];
}
