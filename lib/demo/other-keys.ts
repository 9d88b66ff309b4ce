import type { DemoKey } from './contract';
import { FLASH, HAIKU, key, MESSAGES, NONE, OPUS, RETRIEVAL, SONNET, share, traffic } from './recipe';
import { CONSUMER, NIGHTLY, STEADY } from './rhythms';

/** People and partners. */
export const TEAMS: readonly DemoKey[] = [
  key(
    'knowledge-base',
    'support',
    traffic(20, [['openai/gpt-4o-mini', 100]], { endpoints: RETRIEVAL, promptTokens: 40_000 }),
  ),
  key(
    'contract-analyzer',
    'legal',
    traffic(5, [[OPUS, 100]], { promptTokens: 70_000, completionTokens: 2_800, endpoints: MESSAGES }),
    { limit: share('month', 44), tags: ['confidential'] },
  ),
  key(
    'sales-assistant',
    'sales',
    traffic(16, [
      [SONNET, 60],
      ['openai/gpt-5', 40],
    ]),
    { limit: share('month', 61) },
  ),
  key(
    'executive-brief',
    'leadership',
    traffic(3, [['google/gemini-2.5-pro', 100]], { promptTokens: 90_000, completionTokens: 3_000 }),
    { tags: ['confidential'] },
  ),
  key(
    'research-notebook',
    'ml',
    traffic(
      12,
      [
        [OPUS, 40],
        ['openai/o3', 60],
      ],
      { byokShare: 0.5, completionTokens: 4_400 },
    ),
    { limit: share('month', 50), expiresInDays: 1.7, includeByokInLimit: true },
  ),
  key('partner-acme', 'partnerships', traffic(26, [['openai/gpt-4o', 100]], { byokShare: 1 }), {
    tags: ['partner', 'byok'],
  }),
  key('partner-globex', 'partnerships', traffic(18, [[SONNET, 100]], { byokShare: 0.85, endpoints: MESSAGES }), {
    tags: ['partner', 'byok'],
    limit: share('month', 64),
    includeByokInLimit: true,
  }),
];

/** Whatever is not production. */
export const TESTS: readonly DemoKey[] = [
  key(
    'nightly-evals',
    'ml',
    traffic(
      34,
      [
        [SONNET, 30],
        ['openai/gpt-4.1', 40],
        [FLASH, 30],
      ],
      { rhythm: NIGHTLY, errorShare: 0.0227 },
    ),
    { environment: 'test', limit: share('month', 56) },
  ),
  key('mobile-staging', 'mobile', traffic(9, [['openai/gpt-5-nano', 100]], { errorShare: 0.044 }), {
    environment: 'test',
  }),
  key('checkout-staging', 'commerce', traffic(7, [['openai/gpt-4o-mini', 100]], { errorShare: 0.034 }), {
    environment: 'test',
    limit: share('lifetime', 48),
  }),
  key('qa-playground', 'quality', traffic(8, [['openai/gpt-4.1-mini', 100]], { errorShare: 0.041 }), {
    environment: 'test',
    limit: { kind: 'exhausted', window: 'lifetime' },
  }),
];

/** Keys that are off, over, forgotten or not used yet. */
export const ENDED: readonly DemoKey[] = [
  key('hr-screening', 'people', traffic(14, [[HAIKU, 100]], { endpoints: MESSAGES }), {
    disabledDaysAgo: 12.3,
    limit: share('month', 40),
  }),
  key(
    'legacy-importer',
    'platform',
    traffic(22, [['openai/gpt-4-turbo', 100]], { rhythm: NIGHTLY, growth: 0.5, promptTokens: 10_000 }),
    { disabledDaysAgo: 56.2, createdDaysAgo: 395 },
  ),
  key(
    'hackathon',
    'developer-relations',
    traffic(30, [['groq/llama-3.3-70b-versatile', 100]], { rhythm: CONSUMER, errorShare: 0.03 }),
    { createdDaysAgo: 60, expiresInDays: -20, limit: share('lifetime', 72) },
  ),
  key('contractor-temp', 'platform', traffic(6, [['openai/gpt-4o', 100]]), { createdDaysAgo: 63, expiresInDays: -3 }),
  key('incident-bot', 'platform', traffic(4, [['openai/gpt-4o-mini', 100]], { rhythm: STEADY, idleDays: 44 }), {
    createdDaysAgo: 160,
  }),
  key('seasonal-campaign', 'growth', traffic(18, [['openai/gpt-4o', 100]], { rhythm: CONSUMER, idleDays: 61 }), {
    limit: share('lifetime', 77),
    createdDaysAgo: 140,
  }),
  key('reserve', 'platform', null, { createdDaysAgo: 100 }),
  key('onboarding-bot', 'people', null, { createdDaysAgo: 2.1, limit: NONE }),
];
