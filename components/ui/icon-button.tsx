'use client';

import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClasses } from './button-style';
import { joinClasses } from './class-names';
import { Link } from './link';
import { Tooltip } from './tooltip';

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'children' | 'aria-label'> & {
  /** Names the button for everybody: it is read out and shown as the tooltip. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  href?: string | undefined;
  /** Why the button can't be used now; it then shows this instead of its label. */
  disabledReason?: string | null | undefined;
  /** A menu's trigger has no tooltip, or the two would open over each other. */
  hasTooltip?: boolean | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
};

export function IconButton(props: IconButtonProps) {
  const {
    label,
    icon,
    variant = 'ghost',
    size = 'sm',
    href,
    disabledReason,
    hasTooltip = true,
    className,
    ...rest
  } = props;
  const classes = joinClasses(
    buttonClasses({ variant, size, isSquare: true, isDisabled: Boolean(disabledReason) }),
    className,
  );
  const onClick = disabledReason ? preventClick : rest.onClick;
  const control =
    href && !disabledReason ? (
      <Link href={href} className={classes} aria-label={label}>
        {icon}
      </Link>
    ) : (
      <button
        type="button"
        {...rest}
        onClick={onClick}
        className={classes}
        aria-label={label}
        aria-disabled={disabledReason ? true : undefined}
      >
        {icon}
      </button>
    );
  return hasTooltip ? <Tooltip text={disabledReason ?? label}>{control}</Tooltip> : control;
}

function preventClick(event: MouseEvent) {
  event.preventDefault();
}
