import { formatUsd } from '../core/money';
import { CsvNumber } from './csv';
import type { CsvRow } from './source';

/**
 * Rows of FOCUS 1.2, the FinOps Open Cost and Usage Specification (focus.finops.org/focus-specification/v1-2): a charge is
 * what a key used in a UTC day of one model or one usage name, its own provider keys apart. The workspace is the billing
 * account, the key the resource. All four costs are what the books say: there are no discounts and no list prices here.
 */
export interface FocusUsage {
  /** Start of the UTC day. */
  readonly day: Date;
  readonly keyHash: string;
  readonly keyName: string;
  readonly keyOwner: string | null;
  readonly keyEnvironment: string;
  readonly keyTags: readonly string[];
  readonly model: string | null;
  readonly provider: string | null;
  readonly usageName: string | null;
  readonly isByok: boolean;
  readonly requests: bigint;
  readonly promptTokens: bigint;
  readonly completionTokens: bigint;
  readonly cachedPromptTokens: bigint;
  readonly cacheCreationTokens: bigint;
  readonly usageUnits: bigint;
  readonly costNanoUsd: bigint;
}

export interface FocusSetting {
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly names: { readonly provider: string; readonly publisher: string; readonly invoiceIssuer: string };
  /** The exported range: a day at its edge is charged for the part that lies inside. */
  readonly from: Date;
  readonly to: Date;
}

const DAY_MILLISECONDS = 86_400_000;

type Cell = (usage: FocusUsage, setting: FocusSetting) => CsvRow[number];

const cost: Cell = ({ costNanoUsd }) => new CsvNumber(formatUsd(costNanoUsd));

/** In the specification's alphabetical order; the product's own columns begin with `x_` and follow. */
const COLUMNS: readonly (readonly [name: string, cell: Cell])[] = [
  ['BilledCost', cost],
  ['BillingAccountId', (_usage, { workspaceId }) => workspaceId],
  ['BillingAccountName', (_usage, { workspaceName }) => workspaceName],
  ['BillingCurrency', () => 'USD'],
  ['BillingPeriodEnd', ({ day }) => dateTime(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1))],
  ['BillingPeriodStart', ({ day }) => dateTime(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1))],
  ['ChargeCategory', () => 'Usage'],
  // Corrections are events of their own here, so no row corrects another.
  ['ChargeClass', () => null],
  ['ChargeDescription', ({ keyName, ...usage }) => `${serviceName(usage)}, by key ${keyName}`],
  ['ChargeFrequency', () => 'Usage-Based'],
  ['ChargePeriodEnd', ({ day }, { to }) => dateTime(Math.min(day.getTime() + DAY_MILLISECONDS, ceilSecond(to)))],
  ['ChargePeriodStart', ({ day }, { from }) => dateTime(Math.max(day.getTime(), floorSecond(from)))],
  ['ConsumedQuantity', (usage) => quantityOf(usage).quantity],
  ['ConsumedUnit', (usage) => quantityOf(usage).unit],
  ['ContractedCost', cost],
  ['EffectiveCost', cost],
  ['InvoiceIssuerName', (_usage, { names }) => names.invoiceIssuer],
  ['ListCost', cost],
  ['PricingCategory', () => 'Standard'],
  ['PricingQuantity', (usage) => quantityOf(usage).quantity],
  ['PricingUnit', (usage) => quantityOf(usage).unit],
  ['ProviderName', (_usage, { names }) => names.provider],
  ['PublisherName', ({ provider }, { names }) => provider ?? names.publisher],
  ['ResourceId', ({ keyHash }) => keyHash],
  ['ResourceName', ({ keyName }) => keyName],
  ['ResourceType', () => 'API key'],
  ['ServiceCategory', ({ model }) => (model === null ? 'Other' : 'AI and Machine Learning')],
  ['ServiceName', serviceName],
  ['ServiceSubcategory', ({ model }) => (model === null ? 'Other (Other)' : 'Generative AI')],
  ['Tags', (usage) => JSON.stringify(tagsOf(usage))],
  ['x_CacheCreationTokens', ({ cacheCreationTokens }) => cacheCreationTokens],
  ['x_CachedPromptTokens', ({ cachedPromptTokens }) => cachedPromptTokens],
  ['x_CompletionTokens', ({ completionTokens }) => completionTokens],
  ['x_IsByok', ({ isByok }) => isByok],
  ['x_Model', ({ model }) => model],
  ['x_PromptTokens', ({ promptTokens }) => promptTokens],
  ['x_Requests', ({ requests }) => requests],
  ['x_UsageName', ({ usageName }) => usageName],
];

export const FOCUS_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

export function focusCells(usage: FocusUsage, setting: FocusSetting): CsvRow {
  return COLUMNS.map(([, cell]) => cell(usage, setting));
}

/** FOCUS's DateTimeFormat: UTC, whole seconds. */
function dateTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function floorSecond(at: Date): number {
  return Math.floor(at.getTime() / 1000) * 1000;
}

function ceilSecond(at: Date): number {
  return Math.ceil(at.getTime() / 1000) * 1000;
}

function serviceName({ model, usageName }: Pick<FocusUsage, 'model' | 'usageName'>): string {
  return model ?? usageName ?? 'API requests';
}

/** What was metered: tokens where there are any, else the service's own units, else requests. */
function quantityOf(usage: FocusUsage): { readonly quantity: bigint; readonly unit: string } {
  const tokens = usage.promptTokens + usage.completionTokens;
  if (tokens > 0n) return { quantity: tokens, unit: 'Tokens' };
  if (usage.usageUnits > 0n) return { quantity: usage.usageUnits, unit: usage.usageName ?? 'Units' };
  return { quantity: usage.requests, unit: 'Requests' };
}

/**
 * FOCUS's KeyValueFormat. A tag such as `team=search` or `team:search` is a name and a value; any other is a name that is
 * there. What the product itself knows has its prefix.
 */
function tagsOf({ keyTags, keyOwner, keyEnvironment }: FocusUsage): Record<string, string | true> {
  const pairs = keyTags.map((tag) => [tag, /^([^=:]+)[=:](.+)$/s.exec(tag)] as const);
  const names = pairs.map(([tag, pair]) => pair?.[1] ?? tag);
  const tags = pairs.map(([tag, pair], index): [string, string | true] => {
    // Two tags of one name would be one entry: they stay whole.
    const isAlone = names.indexOf(names[index] ?? '') === names.lastIndexOf(names[index] ?? '');
    return pair?.[1] !== undefined && pair[2] !== undefined && isAlone ? [pair[1], pair[2]] : [tag, true];
  });
  return Object.fromEntries([
    ...tags,
    ['keyledger:environment', keyEnvironment],
    ...(keyOwner === null ? [] : [['keyledger:owner', keyOwner]]),
  ]);
}
