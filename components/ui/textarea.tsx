'use client';

import { type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { joinClasses } from './class-names';
import { describedBy, Field, type FieldText } from './field';
import { useSentValues } from './sent-fields';

type TextareaProps = FieldText &
  TextareaHTMLAttributes<HTMLTextAreaElement> & {
    name: string;
    isMono?: boolean | undefined;
    ref?: Ref<HTMLTextAreaElement> | undefined;
  };

export function Textarea({ label, labelAside, help, error, isMono, rows = 3, ...area }: TextareaProps) {
  const generatedId = useId();
  const id = area.id ?? generatedId;
  const sent = useSentValues(area.value === undefined ? area.name : undefined);
  return (
    <Field id={id} label={label} labelAside={labelAside} help={help} error={error}>
      <span className="control-box h-auto! py-1.5" data-invalid={error ? '' : undefined}>
        <textarea
          {...area}
          {...(sent === null ? {} : { defaultValue: sent[0] })}
          id={id}
          rows={rows}
          className={joinClasses('resize-y', isMono && 'font-mono text-xs')}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { help, error })}
        />
      </span>
    </Field>
  );
}
