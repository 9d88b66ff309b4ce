'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { DialogProps } from './dialog';
import { focusBack } from './focus-back';
import { focusFirst } from './focus-first';
import { IconButton } from './icon-button';

type SheetProps = Omit<DialogProps, 'size' | 'isLocked' | 'icon' | 'initialFocusRef'>;

/** Edits that need the page to stay visible; from the right, below 768px from the bottom. */
export function Sheet({ open, onOpenChange, title, description, hasUnsavedInput, children }: SheetProps) {
  const keepOpen = (event: Event) => {
    if (hasUnsavedInput) event.preventDefault();
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="scrim" />
        <RadixDialog.Content
          className="sheet"
          onEscapeKeyDown={keepOpen}
          onInteractOutside={keepOpen}
          onOpenAutoFocus={focusFirst}
          onCloseAutoFocus={focusBack}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-3 border-b border-line py-3 pr-4 pl-6 max-md:pl-4">
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="py-0.5 text-lg font-semibold tracking-[-0.01em] wrap-anywhere">
                {title}
              </RadixDialog.Title>
              {description && (
                <RadixDialog.Description asChild>
                  <div className="text-fg-2">{description}</div>
                </RadixDialog.Description>
              )}
            </div>
            <IconButton
              label="Close"
              icon={<X size={16} strokeWidth={1.75} aria-hidden="true" />}
              hasTooltip={false}
              onClick={() => onOpenChange(false)}
            />
          </header>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
