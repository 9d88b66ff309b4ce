'use client';

import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { focusBack } from './focus-back';
import { focusFirst } from './focus-first';
import { IconButton } from './icon-button';

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Verb and object: "Create key". */
  title: string;
  description?: ReactNode;
  icon?: ReactNode;
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** Typed but not saved: then Esc and a click outside do nothing, Close and Cancel still work. */
  hasUnsavedInput?: boolean | undefined;
  /** No Esc, no click outside, no Close: only the footer ends it. */
  isLocked?: boolean | undefined;
  /** Gets the focus instead of the first field. */
  initialFocusRef?: RefObject<HTMLElement | null> | undefined;
  /** `DialogBody` and `DialogFooter`, or a `FormShell` with `layout="dialog"`. */
  children: ReactNode;
};

/** Centred over a scrim; below 768px a sheet from the bottom. The focus returns to where it was. */
export function Dialog(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    icon,
    size = 'md',
    hasUnsavedInput,
    isLocked,
    initialFocusRef,
    children,
  } = props;
  const keepOpen = (event: Event) => {
    if (isLocked || hasUnsavedInput) event.preventDefault();
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="scrim" />
        <RadixDialog.Content
          className="dialog"
          data-size={size}
          onEscapeKeyDown={keepOpen}
          onInteractOutside={keepOpen}
          onOpenAutoFocus={(event) => focusFirst(event, initialFocusRef?.current)}
          onCloseAutoFocus={focusBack}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-3 pt-[18px] pr-5 pl-6 max-md:pr-3 max-md:pl-4">
            {icon}
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="text-lg font-semibold tracking-[-0.01em] wrap-anywhere">
                {title}
              </RadixDialog.Title>
              {description && (
                <RadixDialog.Description asChild>
                  <div className="text-fg-2">{description}</div>
                </RadixDialog.Description>
              )}
            </div>
            {!isLocked && (
              <IconButton
                label="Close"
                icon={<X size={16} strokeWidth={1.75} aria-hidden="true" />}
                hasTooltip={false}
                onClick={() => onOpenChange(false)}
              />
            )}
          </header>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

const BODY = 'dialog-body flex min-h-0 flex-1 flex-col gap-[18px] overflow-y-auto px-6 pt-4 pb-5 max-md:px-4';

/** `label` names a body of text alone, which has no control by which the keyboard could scroll it. */
export function DialogBody({ label, children }: { label?: string; children: ReactNode }) {
  if (label === undefined) return <div className={BODY}>{children}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section tabIndex={0} aria-label={label} className={BODY}>
      {children}
    </section>
  );
}

/** Context at the left, Cancel and the primary at the right. */
export function DialogFooter({ context, children }: { context?: ReactNode; children: ReactNode }) {
  return (
    <footer className="dialog-footer flex flex-wrap items-center justify-end gap-2 border-t border-line bg-sunken px-6 py-3.5 max-md:px-4">
      <div className="min-w-0 flex-1 text-xs text-fg-3 max-md:basis-full">{context}</div>
      {children}
    </footer>
  );
}
