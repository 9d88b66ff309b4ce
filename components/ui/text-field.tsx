'use client';

import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { joinClasses } from './class-names';
import { describedBy, Field, type FieldText } from './field';
import { useSentValues } from './sent-fields';

export type TextFieldProps = FieldText &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'size' | 'prefix' | 'id'> & {
    id?: string | undefined;
    name: string;
    size?: 'sm' | 'md' | 'lg' | undefined;
    prefix?: ReactNode;
    suffix?: ReactNode;
    isMono?: boolean | undefined;
    isAlignedEnd?: boolean | undefined;
    ref?: Ref<HTMLInputElement> | undefined;
  };

export function TextField(props: TextFieldProps) {
  const {
    label,
    labelAside,
    help,
    error,
    size = 'md',
    prefix,
    suffix,
    isMono,
    isAlignedEnd,
    className,
    ...input
  } = props;
  const generatedId = useId();
  const id = input.id ?? generatedId;
  const sent = useSentValues(input.value === undefined ? input.name : undefined);
  return (
    <Field id={id} label={label} labelAside={labelAside} help={help} error={error}>
      <span className="control-box" data-size={size} data-invalid={error ? '' : undefined}>
        {prefix && <span className="flex-none text-fg-3">{prefix}</span>}
        <input
          type="text"
          autoComplete="off"
          {...input}
          {...(sent === null ? {} : { defaultValue: sent[0] })}
          id={id}
          className={joinClasses(isMono && 'font-mono', isAlignedEnd && 'text-right', className)}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { help, error })}
        />
        {suffix && <span className="flex-none text-xs whitespace-nowrap text-fg-3">{suffix}</span>}
      </span>
    </Field>
  );
}

/** US dollars as the reader types them. The value stays text until the contract parses it, so no float ever holds it. */
export function MoneyField({ suffix = 'USD', ...props }: Omit<TextFieldProps, 'prefix' | 'isAlignedEnd' | 'type'>) {
  return <TextField inputMode="decimal" {...props} prefix="$" suffix={suffix} isAlignedEnd />;
}
