import { ArrowLeft, ChevronRight, Search } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Kbd } from './kbd';

export type CommandStep = { readonly label: string; readonly fieldLabel: string; readonly onBack: () => void };

type CommandFieldProps = {
  id: string;
  label: string;
  /** The list that it filters, and the option in it that Enter runs. */
  listId: string;
  activeId: string | undefined;
  hasOptions: boolean;
  query: string;
  onQuery: (query: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  place: string | undefined;
  step: CommandStep | undefined;
};

/** What is looked for, after what was stepped into and before where it looks. */
export function CommandField(props: CommandFieldProps) {
  const { id, label, listId, activeId, hasOptions, query, onQuery, onKeyDown, place, step } = props;
  return (
    <div className="flex h-[52px] flex-none items-center gap-3 border-b border-line pr-4 pl-[18px]">
      {step ? (
        <StepCrumb label={step.label} onBack={step.onBack} />
      ) : (
        <Search size={18} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-3" />
      )}
      <input
        id={id}
        role="combobox"
        aria-label={label}
        aria-expanded={hasOptions}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        placeholder={step ? 'Find an action' : 'Search or jump to'}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none! placeholder:text-fg-3"
      />
      {place && (
        <span className="max-w-40 truncate rounded-sm border border-line-strong px-1.5 text-xs leading-[18px] text-fg-2">
          {place}
        </span>
      )}
      <Kbd>Esc</Kbd>
    </div>
  );
}

/** Where the palette is, and for a pointer the way back. */
function StepCrumb({ label, onBack }: { label: string; onBack: () => void }) {
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-label="Back to all results"
        onClick={onBack}
        onMouseDown={(event) => event.preventDefault()}
        className="touch-target -ml-1.5 grid size-7 flex-none place-items-center rounded-md text-fg-3 hover:bg-hover hover:text-fg"
      >
        <ArrowLeft size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <span className="flex max-w-[45%] flex-none items-center gap-1.5 text-lg">
        <span className="truncate font-medium">{label}</span>
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-3" />
      </span>
    </>
  );
}
