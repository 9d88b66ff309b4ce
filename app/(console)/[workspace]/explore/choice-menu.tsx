'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu';

export type Choice = {
  label: string;
  hint?: string | undefined;
  href: string;
  isCurrent: boolean;
  disabledReason?: string | null | undefined;
};

/** One part of the question, with what it may be instead. Every choice is a link, so that the address is the state. */
export function ChoiceMenu({ label, choices }: { label: string; choices: readonly Choice[] }) {
  const current = choices.find(({ isCurrent }) => isCurrent)?.label ?? '–';
  return (
    <DropdownMenu
      label={label}
      trigger={
        <Button
          size="sm"
          aria-label={`${label}: ${current}`}
          trailingIcon={<ChevronDown size={14} strokeWidth={1.9} aria-hidden="true" />}
        >
          <span className="mr-1 font-normal text-fg-2">{label}</span> {current}
        </Button>
      }
    >
      {choices.map(({ label: name, hint, href, isCurrent, disabledReason }) => (
        <MenuItem
          key={name}
          href={href}
          disabledReason={disabledReason}
          icon={
            isCurrent ? <Check size={14} strokeWidth={1.9} aria-hidden="true" /> : <span className="w-3.5 flex-none" />
          }
        >
          <span className={`flex justify-between gap-6 ${isCurrent ? 'font-medium' : ''}`}>
            {name}
            {hint && <span className="text-xs font-normal text-fg-3">{hint}</span>}
          </span>
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
