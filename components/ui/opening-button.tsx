import type { LucideIcon } from 'lucide-react';
import { Button, type ButtonProps } from './button';
import { IconButton } from './icon-button';
import { LeadsTo, opening } from './leads-to';

type OpeningButtonProps = Pick<ButtonProps, 'variant' | 'shortcut' | 'disabledReason'> & {
  label: string;
  Icon: LucideIcon;
  /** The page that has the same form, where no script runs to open the dialog. */
  href: string;
  onOpen: () => void;
  /** In a narrow bar. */
  isIconOnly?: boolean | undefined;
};

/** Opens a dialog in which something is created. */
export function OpeningButton({ label, Icon, href, onOpen, isIconOnly, variant, ...button }: OpeningButtonProps) {
  const icon = <Icon size={isIconOnly ? 18 : 14} strokeWidth={1.9} aria-hidden="true" />;
  return (
    <LeadsTo href={href}>
      {isIconOnly ? (
        <IconButton label={label} icon={icon} size="md" disabledReason={button.disabledReason} {...opening(onOpen)} />
      ) : (
        <Button {...button} variant={variant ?? 'primary'} size="sm" icon={icon} {...opening(onOpen)}>
          {label}
        </Button>
      )}
    </LeadsTo>
  );
}
