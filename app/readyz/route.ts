import { answerReadiness } from '@/lib/entry/health';

export const dynamic = 'force-dynamic';
export { answerReadiness as GET };
