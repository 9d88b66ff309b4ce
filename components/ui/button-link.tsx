import type { ReactNode } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClasses } from './button-style';
import { joinClasses } from './class-names';
import { Kbd } from './kbd';
import { Link, type LinkProps } from './link';

type ButtonLinkProps = Omit<LinkProps, 'children'> & {
  children: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  trailingIcon?: ReactNode;
  shortcut?: string | undefined;
  isFullWidth?: boolean | undefined;
};

/** Looks like a button and is a link: for what has a URL, downloads included. */
export function ButtonLink(props: ButtonLinkProps) {
  const { children, variant, size, icon, trailingIcon, shortcut, isFullWidth, className, ...rest } = props;
  return (
    <Link {...rest} className={joinClasses(buttonClasses({ variant, size, isFullWidth }), className)}>
      {icon}
      <span>{children}</span>
      {trailingIcon}
      {shortcut && (
        <span aria-hidden="true" className="-mr-0.5 inline-flex max-lg:hidden">
          <Kbd isOnInk={variant === 'primary'}>{shortcut}</Kbd>
        </span>
      )}
    </Link>
  );
}
