import { formatUsd } from '../core/money';
import { CsvNumber } from './csv';
import type { CsvRow } from './source';

/** What Langdock's export tells of a key, or of a key and model. */
export interface LangdockUsage {
  readonly keyHash: string;
  readonly keyName: string;
  readonly model: string | null;
  readonly requests: bigint;
  readonly costNanoUsd: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
}

export interface LangdockLayout {
  readonly workspaceId: string;
  readonly period: { readonly start: string; readonly end: string };
  readonly isByModel: boolean;
  /** Whether the workspace has ever used a provider key of its own. */
  readonly hasByok: boolean;
}

/** The contract's columns in its order; `model` follows the name where rows are by model. */
export function langdockColumns({ isByModel, hasByok }: LangdockLayout): string[] {
  return [
    'period_start',
    'period_end',
    'org_id',
    'api_key_id',
    'api_key_name',
    ...(isByModel ? ['model'] : []),
    'requests',
    'total_cost_usd',
    ...(hasByok
      ? [
          'sum_prompt_tokens',
          'sum_completion_tokens',
          'cached_prompt_tokens',
          'cache_creation_tokens',
          'no_cache_tokens',
        ]
      : []),
  ];
}

/** The cells of `langdockColumns`. Usage without a model has an empty cell there. */
export function langdockCells(
  usage: LangdockUsage,
  { workspaceId, period, isByModel, hasByok }: LangdockLayout,
): CsvRow {
  return [
    period.start,
    period.end,
    workspaceId,
    usage.keyHash,
    usage.keyName,
    ...(isByModel ? [usage.model] : []),
    usage.requests,
    new CsvNumber(formatUsd(usage.costNanoUsd)),
    ...(hasByok
      ? [
          usage.promptTokens,
          usage.completionTokens,
          usage.cachedPromptTokens,
          usage.cacheCreationTokens,
          usage.promptTokens - usage.cachedPromptTokens - usage.cacheCreationTokens,
        ]
      : []),
  ];
}
