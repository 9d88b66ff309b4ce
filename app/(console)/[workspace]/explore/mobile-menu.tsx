'use client';

import { Bookmark, Ellipsis, Link2 } from 'lucide-react';
import { copyText } from '@/components/ui/copy-text';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { useToast } from '@/components/ui/toast';
import { useSaveView } from './saved-views';

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** On a phone: what stands as buttons in the bar where there is room. */
export function MobileMenu() {
  const { label, disabledReason, save } = useSaveView();
  const { show } = useToast();
  async function copy() {
    const isCopied = await copyText(window.location.href);
    show(
      isCopied
        ? { title: 'Link copied', description: 'Whoever may read the workspace sees the same.' }
        : { tone: 'danger', title: 'The link was not copied', description: 'Copy it from the address bar.' },
    );
  }
  return (
    <DropdownMenu
      align="end"
      label="Save and share"
      trigger={<IconButton label="Save and share" size="md" icon={<Ellipsis {...ICON} />} hasTooltip={false} />}
    >
      <MenuItem icon={<Bookmark {...ICON} />} disabledReason={disabledReason} onSelect={save}>
        {label}
      </MenuItem>
      <MenuItem icon={<Link2 {...ICON} />} onSelect={() => void copy()}>
        Copy link
      </MenuItem>
    </DropdownMenu>
  );
}
