import { formatPlural } from '@/components/format/text';
import { DEFAULT_WORKSPACE_SLUG } from '@/lib/workspaces/contract';

/** Why a workspace can't be deleted now. NULL: it can. */
export function keptReason(slug: string, keyCount: number): string | null {
  if (slug === DEFAULT_WORKSPACE_SLUG) {
    return 'The default workspace stays: callers that name no workspace speak for it.';
  }
  return keyCount > 0 ? `It still has ${formatPlural(keyCount, 'key')}. Delete them first.` : null;
}
