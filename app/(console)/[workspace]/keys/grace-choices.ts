export const GRACE_CHOICES = [
  { seconds: 0, label: 'Stop now' },
  { seconds: 3600, label: '1 hour' },
  { seconds: 86_400, label: '24 hours' },
  { seconds: 604_800, label: '7 days' },
  { seconds: 2_592_000, label: '30 days' },
] as const;
/** What the console proposes: long enough to deploy, short enough to forget nothing. */
export const GRACE_SECONDS_PROPOSED: number = 86_400;
