import type { OverviewDimension } from '@/lib/analytics/overview';

export const DIMENSION_WORDS: Readonly<Record<OverviewDimension, { one: string; many: string }>> = {
  key: { one: 'Key', many: 'keys' },
  model: { one: 'Model', many: 'models' },
  endpoint: { one: 'Endpoint', many: 'endpoints' },
};
