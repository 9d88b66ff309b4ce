'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import { describedBy, Field } from './field';
import type { TextFieldProps } from './text-field';

type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'prefix' | 'suffix' | 'isMono' | 'isAlignedEnd'>;

export function PasswordField({ label, labelAside, help, error, size = 'md', ...input }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  const generatedId = useId();
  const id = input.id ?? generatedId;
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field id={id} label={label} labelAside={labelAside} help={help} error={error}>
      <span className="control-box" data-size={size} data-invalid={error ? '' : undefined}>
        <input
          autoComplete="current-password"
          {...input}
          id={id}
          type={isShown ? 'text' : 'password'}
          spellCheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { help, error })}
        />
        <button
          type="button"
          aria-pressed={isShown}
          aria-label="Show password"
          onClick={() => setIsShown(!isShown)}
          className="touch-target -mr-1 flex-none rounded-xs p-1 text-fg-3 hover:text-fg"
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </span>
    </Field>
  );
}
