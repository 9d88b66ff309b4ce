import type { DemoKey } from './contract';
import { BATCHES, DOCUMENTS, FLASH, HAIKU, key, MESSAGES, RETRIEVAL, SONNET, share, traffic, UNPRICED } from './recipe';
import { CONSUMER, NIGHTLY, STEADY } from './rhythms';

/** Services in production. */
export const SERVICES: readonly DemoKey[] = [
  key(
    'search-indexer',
    'search',
    traffic(
      62,
      [
        ['openai/gpt-4.1', 70],
        ['openai/gpt-4.1-mini', 30],
      ],
      { rhythm: STEADY, promptTokens: 48_000, endpoints: RETRIEVAL, errorShare: 0.003 },
    ),
    { limit: share('month', 55), tags: ['tier-1'] },
  ),
  key(
    'support-copilot',
    'support',
    traffic(
      54,
      [
        [SONNET, 80],
        [HAIKU, 20],
      ],
      { rhythm: CONSUMER, promptTokens: 28_000, endpoints: MESSAGES },
    ),
    { limit: share('month', 66), createdDaysAgo: 274, tags: ['tier-1', 'customer-facing'] },
  ),
  key('checkout-api', 'commerce', traffic(48, [['openai/gpt-4o', 100]], { rhythm: CONSUMER, errorShare: 0.002 }), {
    limit: share('month', 58),
    tags: ['tier-1', 'customer-facing'],
  }),
  key(
    'ml-batch-embed',
    'ml',
    traffic(55, [[FLASH, 100]], {
      rhythm: NIGHTLY,
      promptTokens: 60_000,
      completionTokens: 600,
      endpoints: BATCHES,
      errorShare: 0.0012,
    }),
    { limit: share('week', 25) },
  ),
  key(
    'docs-assistant',
    'platform',
    traffic(34, [[SONNET, 100]], { promptTokens: 36_000, cachedShare: 0.55, endpoints: MESSAGES }),
    { limit: share('month', 34) },
  ),
  key(
    'mobile-gateway',
    'mobile',
    traffic(
      46,
      [
        ['openai/gpt-5-mini', 60],
        ['openai/gpt-5', 40],
      ],
      { rhythm: CONSUMER, errorShare: 0.0093 },
    ),
    { limit: { kind: 'near', window: 'month' }, tags: ['customer-facing'] },
  ),
  key(
    'fraud-scorer',
    'risk',
    traffic(40, [['openai/o4-mini', 100]], { rhythm: STEADY, completionTokens: 3_200, errorShare: 0.0018 }),
    { limit: share('month', 33), tags: ['tier-1'] },
  ),
  key(
    'billing-worker',
    'billing',
    traffic(
      20,
      [
        ['openai/gpt-4o', 60],
        ['openai/gpt-4o-mini', 40],
      ],
      { errorShare: 0.0084, growth: 2 },
    ),
    { limit: { kind: 'near', window: 'month' } },
  ),
  key(
    'catalog-sync',
    'commerce',
    traffic(30, [['openai/gpt-4.1-mini', 100]], { rhythm: STEADY, promptTokens: 32_000, cachedShare: 0.7 }),
    { limit: share('month', 30), createdDaysAgo: 380 },
  ),
  key(
    'invoice-ocr',
    'billing',
    traffic(26, [], {
      // Used at all hours, so that callers have presented either secret whenever the demo is made.
      rhythm: STEADY,
      endpoints: DOCUMENTS,
      metered: { name: 'pages', units: 9 },
      errorShare: 0.0126,
    }),
    { limit: share('month', 18), rotation: { hoursAgo: 9, graceHours: 24 } },
  ),
  key('ads-optimizer', 'growth', traffic(14, [['openai/o3', 100]], { spike: 14, completionTokens: 2_400 }), {
    limit: share('month', 75),
    createdDaysAgo: 64,
  }),
  key(
    'newsletter-gen',
    'growth',
    traffic(12, [[SONNET, 100]], { errorShare: 0.0475, completionTokens: 4_800, endpoints: MESSAGES }),
    { limit: { kind: 'exhausted', window: 'week' } },
  ),
  key(
    'translate-svc',
    'platform',
    traffic(
      30,
      [
        ['google/gemini-2.5-pro', 60],
        [FLASH, 40],
      ],
      { rhythm: STEADY, promptTokens: 8_000, completionTokens: 3_800 },
    ),
    { limit: share('month', 57), expiresInDays: 4.4 },
  ),
  key(
    'email-composer',
    'growth',
    traffic(22, [['openai/gpt-4o', 100]], { promptTokens: 6_000, completionTokens: 1_800 }),
    { limit: share('month', 19) },
  ),
  key('chat-widget', 'support', traffic(34, [[HAIKU, 100]], { rhythm: CONSUMER, endpoints: MESSAGES }), {
    limit: share('day', 60),
    tags: ['customer-facing'],
  }),
  key(
    'voice-notes',
    'media',
    traffic(18, [['google/gemini-2.0-flash', 100]], { promptTokens: 60_000, errorShare: 0.021 }),
    { limit: { kind: 'near', window: 'day' } },
  ),
  key(
    'recommendations',
    'commerce',
    traffic(
      44,
      [
        ['mistral/mistral-large-latest', 90],
        [UNPRICED, 10],
      ],
      { rhythm: CONSUMER },
    ),
  ),
  key('analytics-summaries', 'data', traffic(12, [['openai/gpt-4.1', 100]], { rhythm: NIGHTLY, promptTokens: 80_000 })),
  key(
    'content-moderation',
    'trust',
    traffic(52, [['openai/gpt-4.1-nano', 100]], { rhythm: STEADY, promptTokens: 2_400, completionTokens: 120 }),
    { limit: share('day', 45), tags: ['tier-1'] },
  ),
  key(
    'image-captioner',
    'media',
    traffic(24, [['mistral/pixtral-large-latest', 100]], { promptTokens: 5_200, completionTokens: 360 }),
    { limit: share('week', 52) },
  ),
  key('lead-enrichment', 'sales', traffic(20, [['openai/gpt-5-mini', 100]], { rhythm: NIGHTLY }), {
    limit: share('week', 70),
  }),
  key(
    'data-pipeline',
    'data',
    traffic(36, [['deepseek/deepseek-chat', 100]], { rhythm: NIGHTLY, promptTokens: 44_000 }),
    { rotation: { hoursAgo: 30, graceHours: 72 }, limit: share('month', 40) },
  ),
];
