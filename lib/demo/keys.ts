import type { DemoKey } from './contract';
import { ENDED, TEAMS, TESTS } from './other-keys';
import { key, share, traffic } from './recipe';
import { SERVICES } from './service-keys';

/** Keys that bring the shipped trace beside generated traffic. */
export const TRACE_KEYS = {
  completion: key(
    'code-completion',
    'developer-tools',
    traffic(20, [['mistral/codestral-latest', 100]], { endpoints: [['POST /v1/fim/completions', 100]] }),
    { tags: ['trace'], limit: share('day', 45), createdDaysAgo: 120 },
  ),
  review: key('code-review', 'developer-tools', traffic(12, [['openai/gpt-4.1-mini', 100]]), {
    tags: ['trace'],
    limit: share('week', 60),
    createdDaysAgo: 85,
  }),
} as const;

/** The keys of the demo: forty-three, of every kind that the console shows. */
export const DEMO_KEYS: readonly DemoKey[] = [
  ...SERVICES,
  ...TEAMS,
  ...TESTS,
  ...ENDED,
  TRACE_KEYS.completion,
  TRACE_KEYS.review,
];

const LATE_DAYS = 14;

/** Whether a key was made among what the story's last days tell. It has no traffic, which would need it before. */
export function isMadeLate({ createdDaysAgo, traffic }: DemoKey): boolean {
  return createdDaysAgo < LATE_DAYS && traffic === null;
}
