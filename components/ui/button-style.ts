import { joinClasses } from './class-names';

export type ButtonVariant = 'primary' | 'outline' | 'ghost' | 'danger' | 'danger-outline';
export type ButtonSize = 'sm' | 'md' | 'lg';

export type ButtonLook = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  isFullWidth?: boolean | undefined;
  isSquare?: boolean | undefined;
  isDisabled?: boolean | undefined;
  /** Takes the spinner's room out of the padding, so that the button keeps its width. */
  isSqueezed?: boolean | undefined;
};

const base =
  'touch-target inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none transition-colors duration-fast active:duration-press';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-ink bg-ink text-on-ink hover:border-ink-hover hover:bg-ink-hover active:border-ink active:bg-ink',
  outline: 'border-line-strong bg-surface text-fg [&_svg]:text-fg-2 hover:bg-hover active:bg-pressed',
  ghost: 'border-transparent bg-transparent text-fg-2 hover:bg-hover hover:text-fg active:bg-pressed',
  danger:
    'border-danger bg-danger text-on-danger hover:border-danger-hover hover:bg-danger-hover active:border-danger active:bg-danger',
  'danger-outline': 'border-line-strong bg-surface text-danger-fg hover:bg-hover active:bg-pressed',
};

const disabledVariants: Record<ButtonVariant, string> = {
  primary: 'border-pressed bg-pressed text-fg-disabled',
  outline: 'border-line bg-sunken text-fg-disabled',
  ghost: 'border-line bg-sunken text-fg-disabled',
  danger: 'border-line bg-sunken text-fg-disabled',
  'danger-outline': 'border-line bg-sunken text-fg-disabled',
};

/* Below 768px every button but the small square one is 36 high and reaches 44 through its touch target. */
const sizes: Record<ButtonSize, string> = {
  sm: 'h-(--control-sm) px-[9px] text-xs gap-1.5 max-md:h-9 max-md:text-sm',
  md: 'h-(--control-md) px-[11px] text-sm gap-1.5 max-md:h-9',
  lg: 'h-(--control-lg) px-4 text-md gap-1.5 max-md:h-11',
};

const squeezedSizes: Record<ButtonSize, string> = {
  sm: 'h-(--control-sm) px-px text-xs gap-1 max-md:h-9 max-md:text-sm',
  md: 'h-(--control-md) px-[3px] text-sm gap-1 max-md:h-9',
  lg: 'h-(--control-lg) px-2 text-md gap-1 max-md:h-11',
};

const squareSizes: Record<ButtonSize, string> = {
  sm: 'size-(--control-sm) max-md:size-9',
  md: 'size-(--control-md) max-md:size-11',
  lg: 'size-(--control-lg) max-md:size-11',
};

export function buttonClasses(look: ButtonLook): string {
  const { variant = 'outline', size = 'md', isFullWidth, isSquare, isDisabled, isSqueezed } = look;
  return joinClasses(
    base,
    isDisabled ? `${disabledVariants[variant]} cursor-not-allowed` : variants[variant],
    isSquare ? squareSizes[size] : isSqueezed ? squeezedSizes[size] : sizes[size],
    isFullWidth && 'w-full',
  );
}
