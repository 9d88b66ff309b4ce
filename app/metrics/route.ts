import { answerMetrics } from '@/lib/entry/health';

export const dynamic = 'force-dynamic';
export { answerMetrics as GET };
