'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as RadixMenu } from 'radix-ui';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { joinClasses } from './class-names';
// A dialog that one of its items opens goes back to the menu's trigger.
import './focus-back';
import { Kbd } from './kbd';
import { Link } from './link';

type MenuProps = {
  trigger: ReactElement;
  label?: string | undefined;
  children: ReactNode;
  align?: 'start' | 'end' | undefined;
  width?: number | undefined;
};

/** Opens 4px under its trigger. What destroys comes last, below a `MenuSeparator`. */
export function DropdownMenu({ trigger, label, children, align = 'start', width = 216 }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [landmark, setLandmark] = useState<HTMLElement | null>(null);
  return (
    // The menu belongs to the landmark that its trigger is in, for who walks a page by its landmarks.
    <RadixMenu.Root modal={false} onOpenChange={() => setLandmark(button.current?.closest('main') ?? null)}>
      <RadixMenu.Trigger asChild ref={button}>
        {trigger}
      </RadixMenu.Trigger>
      <RadixMenu.Portal container={landmark}>
        <RadixMenu.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          style={{ minWidth: width }}
          className="float-in z-(--z-dialog) max-h-(--radix-dropdown-menu-content-available-height) max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-overlay p-[5px] shadow-popover outline-none forced-colors:border"
        >
          {children}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

const itemClass =
  'flex min-h-8 w-full items-center gap-[9px] rounded-sm px-2 py-[5px] text-left outline-none select-none max-md:min-h-11 data-highlighted:bg-pressed [&>svg]:flex-none [&>svg]:text-fg-3 data-highlighted:[&>svg]:text-fg-2';

type MenuItemProps = {
  children: ReactNode;
  icon?: ReactNode;
  shortcut?: string | undefined;
  isDanger?: boolean | undefined;
  href?: string | undefined;
  onSelect?: (() => void) | undefined;
  /** Why it can't be done now; shown as a second line. */
  disabledReason?: string | null | undefined;
};

export function MenuItem({ children, icon, shortcut, isDanger, href, onSelect, disabledReason }: MenuItemProps) {
  const content = (
    <>
      {icon}
      <span className="min-w-0 flex-1">
        {children}
        {disabledReason && <span className="block text-xs text-fg-3">{disabledReason}</span>}
      </span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </>
  );
  const className = joinClasses(
    itemClass,
    isDanger && 'text-danger-fg [&>svg]:text-current!',
    disabledReason && 'text-fg-disabled',
  );
  if (href && !disabledReason) {
    return (
      <RadixMenu.Item asChild>
        <Link href={href} className={className}>
          {content}
        </Link>
      </RadixMenu.Item>
    );
  }
  return (
    <RadixMenu.Item className={className} disabled={Boolean(disabledReason)} {...(onSelect ? { onSelect } : {})}>
      {content}
    </RadixMenu.Item>
  );
}

/** Switches something on or off and leaves the menu open, such as a column. */
export function MenuCheckItem({
  children,
  isChecked,
  onChange,
}: {
  children: ReactNode;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}) {
  return (
    <RadixMenu.CheckboxItem
      className={itemClass}
      checked={isChecked}
      onCheckedChange={(next) => onChange(next === true)}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="min-w-0 flex-1">{children}</span>
      <span className="grid w-3.5 place-items-center">
        <RadixMenu.ItemIndicator>
          <Check size={14} strokeWidth={1.9} aria-hidden="true" />
        </RadixMenu.ItemIndicator>
      </span>
    </RadixMenu.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <RadixMenu.Separator className="-mx-[5px] my-[5px] h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <RadixMenu.Label className="px-2 pt-2 pb-1 text-2xs font-medium text-fg-3">{children}</RadixMenu.Label>;
}
