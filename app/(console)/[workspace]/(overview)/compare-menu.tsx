'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';

type CompareMenuProps = { words: string; isCompared: boolean; onHref: string; offHref: string };

/** Whether the period before is shown beside this one. */
export function CompareMenu({ words, isCompared, onHref, offHref }: CompareMenuProps) {
  const check = (isOn: boolean) =>
    isOn ? <Check size={14} strokeWidth={1.9} aria-hidden="true" /> : <span className="w-3.5" />;
  return (
    <DropdownMenu
      align="end"
      label="Comparison"
      trigger={
        <Button size="sm" trailingIcon={<ChevronDown size={14} strokeWidth={1.9} aria-hidden="true" />}>
          {isCompared ? `vs ${words}` : 'Not compared'}
        </Button>
      }
    >
      <MenuItem href={onHref} icon={check(isCompared)}>{`Compare with ${words}`}</MenuItem>
      <MenuItem href={offHref} icon={check(!isCompared)}>
        Do not compare
      </MenuItem>
    </DropdownMenu>
  );
}
