import { Search } from 'lucide-react';
import type { InputHTMLAttributes, Ref } from 'react';
import { Kbd } from './kbd';

type SearchFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'size' | 'type'> & {
  label: string;
  size?: 'sm' | 'md' | 'lg' | undefined;
  shortcut?: string | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
};

export function SearchField({ label, size = 'sm', shortcut, className, ...input }: SearchFieldProps) {
  return (
    <label className={`control-box ${className ?? ''}`} data-size={size}>
      <span className="sr-only">{label}</span>
      <Search size={14} strokeWidth={1.9} aria-hidden="true" />
      <input
        type="search"
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        {...input}
        className={size === 'sm' ? 'md:text-xs' : undefined}
      />
      {shortcut && (
        <span aria-hidden="true" className="-mr-[3px] inline-flex max-lg:hidden">
          <Kbd>{shortcut}</Kbd>
        </span>
      )}
    </label>
  );
}
