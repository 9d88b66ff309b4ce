'use client';

import { type InputHTMLAttributes, type ReactNode, useCallback, useId } from 'react';
import { joinClasses } from './class-names';
import { FieldNote } from './field';
import { useSentValues } from './sent-fields';

type CheckMarkProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & { isIndeterminate?: boolean | undefined };

/** The box alone, for table rows; it needs `aria-label`. */
export function CheckMark({ isIndeterminate = false, className, ...input }: CheckMarkProps) {
  const setIndeterminate = useCallback(
    (element: HTMLInputElement | null) => {
      if (element) element.indeterminate = isIndeterminate;
    },
    [isIndeterminate],
  );
  return <input {...input} ref={setIndeterminate} type="checkbox" className={joinClasses('check-mark', className)} />;
}

type CheckboxProps = CheckMarkProps & {
  label: ReactNode;
  help?: ReactNode;
  error?: string | null | undefined;
  /** Draws a box around it, for a choice that a step depends on. */
  isBoxed?: boolean | undefined;
};

/** Waits for the form to be saved. What acts at once is a `Switch`. */
export function Checkbox({ label, help, error, isBoxed, ...input }: CheckboxProps) {
  const generatedId = useId();
  const id = input.id ?? generatedId;
  const noteId = `${id}-help`;
  const sent = useSentValues(input.checked === undefined ? input.name : undefined);
  return (
    <div>
      <label
        htmlFor={id}
        className={joinClasses(
          'flex items-start',
          isBoxed ? 'gap-2 rounded-md border border-line-strong px-3 py-[11px]' : 'gap-1.5 max-md:py-2',
        )}
      >
        <CheckMark
          {...input}
          {...(sent === null ? {} : { defaultChecked: sent.includes(String(input.value ?? 'on')) })}
          id={id}
          className="mt-0.5"
          aria-invalid={error ? true : undefined}
          aria-describedby={help || error ? noteId : undefined}
        />
        <span>
          {label}
          {help && (
            <span id={error ? undefined : noteId} className="block text-xs text-fg-3">
              {help}
            </span>
          )}
        </span>
      </label>
      {error && (
        <div className="mt-1.5">
          <FieldNote id={noteId} error={error} />
        </div>
      )}
    </div>
  );
}
