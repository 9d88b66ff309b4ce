/** What was opened through the palette, the newest first. Kept for the tab alone: it goes when the tab is closed. */
export interface Recent {
  readonly href: string;
  readonly label: string;
  readonly kind: 'key' | 'place' | 'workspace' | 'view' | 'owner';
}

export const RECENT_MAX = 5;
export const RECENT_STORAGE_KEY = 'keyledger-recent';
const KINDS: readonly unknown[] = ['key', 'place', 'workspace', 'view', 'owner'];

/** The list with one more in front, each address once. */
export function addRecent(before: readonly Recent[], opened: Recent): Recent[] {
  return [opened, ...before.filter(({ href }) => href !== opened.href)].slice(0, RECENT_MAX);
}

/** What a storage holds. Anything that is no such list counts as none. */
export function parseRecent(text: string | null): Recent[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isRecent).slice(0, RECENT_MAX) : [];
  } catch {
    return [];
  }
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== 'object' || value === null) return false;
  const { href, label, kind } = value as Partial<Record<keyof Recent, unknown>>;
  // An own path: nothing that a storage holds leads out of the console.
  return typeof href === 'string' && /^\/(?![/\\])/.test(href) && typeof label === 'string' && KINDS.includes(kind);
}
