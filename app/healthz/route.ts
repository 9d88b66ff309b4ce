import { answerLiveness } from '@/lib/entry/health';

export const dynamic = 'force-dynamic';
export { answerLiveness as GET };
