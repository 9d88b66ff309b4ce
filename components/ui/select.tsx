'use client';

import { ChevronsUpDown } from 'lucide-react';
import { type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react';
import { describedBy, Field, type FieldText } from './field';
import { useSentValues } from './sent-fields';

export type SelectOption = { value: string; label: string; isDisabled?: boolean };

type SelectBoxProps = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'size' | 'children'> & {
  options: readonly SelectOption[];
  size?: 'sm' | 'md' | 'lg' | undefined;
  icon?: ReactNode;
  isInvalid?: boolean | undefined;
  ref?: Ref<HTMLSelectElement> | undefined;
};

/** The browser's own select in the box of the other fields, without a label of its own: give it `aria-label`. Needs no script. */
export function SelectBox({ options, size = 'md', icon, isInvalid, className, ...select }: SelectBoxProps) {
  return (
    <span className="control-box relative" data-size={size} data-invalid={isInvalid ? '' : undefined}>
      {icon && <span className="pointer-events-none flex-none text-fg-3">{icon}</span>}
      <select {...select} className={`-mr-6 pr-6! ${size === 'sm' ? 'md:text-xs' : ''} ${className ?? ''}`}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown size={14} strokeWidth={1.9} className="pointer-events-none" aria-hidden="true" />
    </span>
  );
}

export function Select({ label, labelAside, help, error, ...select }: FieldText & SelectBoxProps & { name: string }) {
  const generatedId = useId();
  const id = select.id ?? generatedId;
  const sent = useSentValues(select.value === undefined ? select.name : undefined);
  return (
    <Field id={id} label={label} labelAside={labelAside} help={help} error={error}>
      <SelectBox
        {...select}
        {...(sent === null ? {} : { defaultValue: sent[0] })}
        id={id}
        isInvalid={Boolean(error)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { help, error })}
      />
    </Field>
  );
}
