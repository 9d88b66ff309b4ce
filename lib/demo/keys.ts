import type { DemoKey } from './contract';
import { ENDED, TEAMS, TESTS } from './other-keys';
import { key, share } from './recipe';
import { SERVICES } from './service-keys';

/** Keys that bring the shipped trace in place of generated traffic. */
export const TRACE_KEYS = {
  completion: key('code-completion', 'developer-tools', null, {
    tags: ['trace'],
    limit: share('day', 45),
    createdDaysAgo: 120,
  }),
  review: key('code-review', 'developer-tools', null, {
    tags: ['trace'],
    limit: share('week', 60),
    createdDaysAgo: 75,
  }),
} as const;

/** The keys of the demo, but for the two that bring the trace. */
export const GENERATED_KEYS: readonly DemoKey[] = [...SERVICES, ...TEAMS, ...TESTS, ...ENDED];
/** All of them: forty-three, of every kind that the console shows. */
export const DEMO_KEYS: readonly DemoKey[] = [...GENERATED_KEYS, TRACE_KEYS.completion, TRACE_KEYS.review];

const LATE_DAYS = 14;

/** Whether a key was made among what the story's last days tell. It has no traffic, which would need it before. */
export function isMadeLate({ createdDaysAgo, traffic }: DemoKey): boolean {
  return createdDaysAgo < LATE_DAYS && traffic === null;
}
