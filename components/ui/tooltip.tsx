'use client';

import { Tooltip as RadixTooltip } from 'radix-ui';
import { type ReactElement, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';

type TooltipProps = {
  /** One line. Without text the child stands alone. */
  text: ReactNode;
  /** One focusable element that takes a ref and spreads its props. */
  children: ReactElement;
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  className?: string | undefined;
};

/** Repeats or explains; it is never the only place of a fact, because touch can't open it. */
export function Tooltip({ text, ...props }: TooltipProps) {
  return text ? <OpenableTooltip text={text} {...props} /> : props.children;
}

const neverChanges = () => () => {};

function OpenableTooltip({ text, children, side = 'top', className }: TooltipProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isHydrating = useSyncExternalStore(
    neverChanges,
    () => false,
    () => true,
  );

  // The pointer may rest here since before the page came alive; no event tells of it any more.
  useEffect(() => {
    if (isHydrating && trigger.current?.matches(':hover')) setOpen(true);
  }, [isHydrating]);

  return (
    <RadixTooltip.Provider delayDuration={120} disableHoverableContent={false}>
      <RadixTooltip.Root open={isOpen} onOpenChange={setOpen}>
        <RadixTooltip.Trigger asChild ref={trigger}>
          {children}
        </RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className={`float-in z-(--z-tooltip) max-w-[360px] rounded-md bg-inverse px-[9px] py-[5px] text-xs text-fg-inverse forced-colors:border ${className ?? ''}`}
          >
            {text}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}
