import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

type SwitchProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'role'> & {
  label: ReactNode;
  help?: ReactNode;
  isLabelHidden?: boolean | undefined;
};

/** Acts at once. What waits for the form to be saved is a `Checkbox`. */
export function Switch({ label, help, isLabelHidden, ...input }: SwitchProps) {
  const generatedId = useId();
  const id = input.id ?? generatedId;
  return (
    <label className="flex items-start gap-2 max-md:py-2">
      <input
        {...input}
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says by itself whether it is checked.
        role="switch"
        className="switch-mark mt-px"
        aria-describedby={help ? `${id}-help` : undefined}
      />
      <span className={isLabelHidden ? 'sr-only' : undefined}>
        {label}
        {help && (
          <span id={`${id}-help`} className="block text-xs text-fg-3">
            {help}
          </span>
        )}
      </span>
    </label>
  );
}
