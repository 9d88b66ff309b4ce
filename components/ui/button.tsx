import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { ButtonElement } from './button-element';
import { type ButtonSize, type ButtonVariant, buttonClasses } from './button-style';
import { joinClasses } from './class-names';
import { Kbd } from './kbd';
import { Spinner } from './spinner';

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  children: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: ReactNode;
  trailingIcon?: ReactNode;
  /** Shown at the right, such as `C` or `⌘↵`. The page binds it. */
  shortcut?: string | undefined;
  isFullWidth?: boolean | undefined;
  /** Shows a spinner at the same width and refuses clicks; the label stays. */
  isWorking?: boolean | undefined;
  /** Why the button can't be used now. It stays focusable and shows the reason as a tooltip. */
  disabledReason?: string | null | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
};

export function Button(props: ButtonProps) {
  const { children, variant, size, icon, trailingIcon, shortcut, isFullWidth, isWorking, disabledReason, ...rest } =
    props;
  const isDisabled = Boolean(disabledReason);
  const isSqueezed = Boolean(isWorking) && !icon && !trailingIcon && !shortcut && !isFullWidth;
  const className = joinClasses(buttonClasses({ variant, size, isFullWidth, isDisabled, isSqueezed }), rest.className);
  const label = (
    <>
      {isWorking && (icon || !(trailingIcon || shortcut)) ? <Spinner size={isSqueezed ? 12 : 14} /> : icon}
      <span>{children}</span>
      {isWorking && !icon && trailingIcon ? <Spinner /> : trailingIcon}
      {shortcut &&
        (isWorking && !icon && !trailingIcon ? (
          <Spinner className="mx-0.5" />
        ) : (
          <ShortcutHint text={shortcut} variant={variant} />
        ))}
    </>
  );
  return (
    <ButtonElement {...rest} className={className} isWorking={Boolean(isWorking)} disabledReason={disabledReason}>
      {label}
    </ButtonElement>
  );
}

function ShortcutHint({ text, variant }: { text: string; variant: ButtonVariant | undefined }) {
  return (
    <span aria-hidden="true" className="-mr-0.5 inline-flex max-lg:hidden">
      <Kbd isOnInk={variant === 'primary'}>{text}</Kbd>
    </span>
  );
}
