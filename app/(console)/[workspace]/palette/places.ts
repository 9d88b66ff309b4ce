import type { NavItem, NavSection } from '@/components/ui/nav-item';

/** What `g` is followed by, by the last part of a place's address. The overview's is the workspace's own. */
const LETTERS: Readonly<Record<string, string>> = {
  keys: 'k',
  explore: 'e',
  exports: 'x',
  limits: 'l',
  'management-keys': 'm',
  reference: 'r',
  audit: 'a',
  members: 't',
  prices: 'p',
  settings: 's',
  workspaces: 'w',
  users: 'u',
};

/** A place of the console, and the letter that goes there. NULL: there is none. */
export interface Place {
  readonly item: NavItem;
  readonly letter: string | null;
}

/** Every place that the user may enter, in the order of the sidebar. */
export function placesOf(sections: readonly NavSection[]): Place[] {
  return sections.flatMap(({ items }) =>
    items.map((item) => ({
      item,
      letter: item.isExact ? 'o' : (LETTERS[item.href.split('/').at(-1) ?? ''] ?? null),
    })),
  );
}
