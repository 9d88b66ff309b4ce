import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type FieldText = {
  label: ReactNode;
  /** Right of the label, such as "Optional" or "Counted in UTC". */
  labelAside?: ReactNode;
  help?: ReactNode;
  /** A sentence that says what is wrong and what to enter. It replaces the help. */
  error?: string | null | undefined;
};

/** The id that `Field` gives to its help or error, for `aria-describedby`; without either it is undefined. */
export function describedBy(id: string, text: Pick<FieldText, 'help' | 'error'>): string | undefined {
  return text.error || text.help ? `${id}-help` : undefined;
}

/** Label above, help below; an error takes the place of the help. `isGroup` is for several controls under one legend. */
export function Field({
  id,
  label,
  labelAside,
  help,
  error,
  isGroup,
  children,
}: FieldText & { id: string; isGroup?: boolean; children: ReactNode }) {
  const head = (
    <>
      <span>{label}</span>
      {labelAside && <span className="font-normal text-fg-3">{labelAside}</span>}
    </>
  );
  const headClass = 'flex justify-between gap-2 text-xs font-medium text-fg-2';
  return (
    <div
      className="flex min-w-0 flex-col gap-1.5"
      {...(isGroup
        ? { role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': describedBy(id, { help, error }) }
        : {})}
    >
      {isGroup ? (
        <div id={`${id}-label`} className={headClass}>
          {head}
        </div>
      ) : (
        <label htmlFor={id} className={headClass}>
          {head}
        </label>
      )}
      {children}
      <FieldNote id={`${id}-help`} help={help} error={error} />
    </div>
  );
}

export function FieldNote({ id, help, error }: { id: string } & Pick<FieldText, 'help' | 'error'>) {
  if (error) {
    return (
      <p id={id} role="alert" className="flex items-start gap-[5px] text-xs text-danger-fg">
        <CircleAlert size={14} strokeWidth={1.9} className="mt-px flex-none" aria-hidden="true" />
        <span>{error}</span>
      </p>
    );
  }
  if (!help) return null;
  return (
    <p id={id} className="text-xs text-fg-3">
      {help}
    </p>
  );
}
