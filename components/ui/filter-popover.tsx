'use client';

import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { Popover } from './popover';
import { useShortcut } from './use-shortcut';

type FilterPopoverProps = {
  width: number;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
};

/** `Add filter`, and what can be chosen behind it; F opens it. */
export function FilterPopover({ width, isOpen, onOpenChange, children }: FilterPopoverProps) {
  useShortcut('f', () => onOpenChange(true));
  return (
    <Popover
      label="Filters"
      width={width}
      open={isOpen}
      onOpenChange={onOpenChange}
      trigger={
        <Button
          variant="ghost"
          size="sm"
          shortcut="F"
          icon={<ListFilter size={14} strokeWidth={1.9} aria-hidden="true" />}
          className="max-md:border-line-strong"
        >
          Add filter
        </Button>
      }
    >
      {children}
    </Popover>
  );
}
