import type { Preset } from '@/lib/analytics/period';

/** The period of an address that names none. */
export const OVERVIEW_PERIOD: Preset = 'mtd';
