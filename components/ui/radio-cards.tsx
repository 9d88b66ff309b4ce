'use client';

import { type ChangeEventHandler, type ReactNode, useId } from 'react';
import { Field, type FieldText } from './field';
import { useSentValues } from './sent-fields';

export type RadioCard = {
  value: string;
  label: string /** Beside the label, in mono. */;
  code?: string;
  help?: ReactNode;
  isDisabled?: boolean;
};

type RadioCardsProps = FieldText & {
  name: string;
  options: readonly RadioCard[];
  defaultValue?: string | undefined;
  value?: string | undefined;
  onChange?: ChangeEventHandler<HTMLInputElement> | undefined;
  columns?: 1 | 2 | 3 | undefined;
};

const columnClasses = { 1: 'grid-cols-1', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3' };

/** A choice whose options need a sentence each. Arrow keys move, as in any radio group. */
export function RadioCards({ name, options, defaultValue, value, onChange, columns = 2, ...text }: RadioCardsProps) {
  const id = useId();
  const sent = useSentValues(name);
  const chosen = sent?.[0] ?? defaultValue;
  return (
    <Field id={id} {...text} isGroup>
      <div className={`grid gap-3 ${columnClasses[columns]}`}>
        {options.map((option) => (
          <label
            key={option.value}
            className="flex items-start gap-2.5 rounded-md border border-line-strong px-3 py-2.5 transition-colors duration-fast hover:border-line-control has-checked:border-ink has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.isDisabled}
              onChange={onChange}
              {...(value === undefined
                ? { defaultChecked: option.value === chosen }
                : { checked: option.value === value })}
              className="radio-mark mt-0.5 outline-none!"
            />
            <span className="min-w-0">
              <span className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{option.label}</span>
                {option.code && <span className="mono text-fg-3">{option.code}</span>}
              </span>
              {option.help && <span className="mt-px block text-xs text-fg-3">{option.help}</span>}
            </span>
          </label>
        ))}
      </div>
    </Field>
  );
}
