import type { StatusTone } from '@/components/ui/status';
import type { ManagementKey } from '@/lib/management-keys/contract';

/** How a management key stands, and what to do about it. */
export function statusOf(key: ManagementKey, now: Date): { tone: StatusTone; label: string; hint?: string } {
  if (key.disabledAt) return { tone: 'off', label: 'Disabled', hint: 'It is refused. Delete it, or create another.' };
  if (key.expiresAt && key.expiresAt <= now) {
    return { tone: 'off', label: 'Expired', hint: 'It is refused. Delete it, and create another where it is used.' };
  }
  return { tone: 'ok', label: 'Active' };
}
