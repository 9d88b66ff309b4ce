'use client';

import { ArrowLeft, ChevronRight, Search } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { joinClasses } from './class-names';
import { Kbd } from './kbd';

export type Command = {
  id: string;
  label: string;
  /** Beside the label, such as an owner or a secret's hint. */
  hint?: string | undefined;
  icon: ReactNode;
  /** At the right, such as a status or the keys to press. */
  aside?: ReactNode;
  /** There is more to do with it than to run it, a step further. */
  canStepInto?: boolean | undefined;
};

export type CommandGroup<One extends Command> = { label: string; commands: readonly One[] };

type CommandPaletteProps<One extends Command> = {
  query: string;
  onQuery: (query: string) => void;
  groups: readonly CommandGroup<One>[];
  onRun: (command: One) => void;
  onClose: () => void;
  /** Where it looks, such as the workspace's name. */
  place?: string | undefined;
  isBusy?: boolean | undefined;
  /** In the place of the list where nothing matches, or what went wrong. */
  message?: string | null | undefined;
  footer?: ReactNode;
  /** Tab, or → at the end of what was typed, on a command that can be stepped into. */
  onStepInto?: ((command: One) => void) | undefined;
  /** It is a step further: what was stepped into, and the way back by Backspace or ← before anything that was typed. */
  step?: { readonly label: string; readonly fieldLabel: string; readonly onBack: () => void } | undefined;
};

/** One field for everything: typing filters, the arrows move, Enter runs, Esc closes. The field keeps the focus. */
export function CommandPalette<One extends Command>(props: CommandPaletteProps<One>) {
  const { query, onQuery, groups, onRun, onClose, place, isBusy = false, message, footer } = props;
  const { onStepInto, step } = props;
  const fieldLabel = step?.fieldLabel ?? 'Search or jump to';
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const commands = groups.flatMap((group) => group.commands);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [steppedFromId, setSteppedFromId] = useState<string | null>(null);
  // What comes later, from the server, does not move the choice; a choice that is gone gives way to the first.
  const active = commands.find((command) => command.id === chosenId) ?? commands[0];
  useEffect(() => {
    list.current
      ?.querySelector(`[data-command="${CSS.escape(active?.id ?? '')}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);

  function onKeyDown(event: KeyboardEvent) {
    const at = active ? commands.indexOf(active) : 0;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % Math.max(1, commands.length),
      ArrowUp: (at - 1 + commands.length) % Math.max(1, commands.length),
      PageDown: commands.length - 1,
      PageUp: 0,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      setChosenId(commands[target]?.id ?? null);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (active) onRun(active);
    } else if (active?.canStepInto && onStepInto && isStepIn(event)) {
      event.preventDefault();
      stepInto(active);
    } else if (step && isStepBack(event)) {
      event.preventDefault();
      stepBack();
    }
  }

  function stepInto(command: One) {
    setSteppedFromId(command.id);
    setChosenId(null);
    onStepInto?.(command);
  }

  function stepBack() {
    setChosenId(steppedFromId);
    step?.onBack();
  }

  return (
    <RadixDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="scrim" />
        <RadixDialog.Content
          className="palette"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(`${id}-input`)?.focus();
          }}
        >
          <RadixDialog.Title className="sr-only">{fieldLabel}</RadixDialog.Title>
          <div className="flex h-[52px] flex-none items-center gap-3 border-b border-line pr-4 pl-[18px]">
            {step ? (
              <StepCrumb label={step.label} onBack={stepBack} />
            ) : (
              <Search size={18} strokeWidth={1.75} aria-hidden="true" className="flex-none text-fg-3" />
            )}
            <input
              id={`${id}-input`}
              role="combobox"
              aria-label={fieldLabel}
              aria-expanded={commands.length > 0}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={active ? `${id}-${active.id}` : undefined}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={100}
              placeholder={step ? 'Find an action' : 'Search or jump to'}
              value={query}
              onChange={(event) => {
                onQuery(event.target.value);
                setChosenId(null);
              }}
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
          <div className="min-h-0 flex-1 overflow-y-auto p-[7px]" aria-busy={isBusy}>
            {message && (
              <p role="status" className="px-2.5 py-3 text-fg-2">
                {message}
              </p>
            )}
            <div ref={list} id={`${id}-list`} role="listbox" tabIndex={-1} aria-label="Results">
              {groups.map(
                (group) =>
                  group.commands.length > 0 && (
                    // biome-ignore lint/a11y/useSemanticElements: options are grouped inside a listbox.
                    <div key={group.label} role="group" aria-label={group.label}>
                      <div aria-hidden="true" className="px-2 pt-2.5 pb-1 text-2xs text-fg-3">
                        {group.label}
                      </div>
                      {group.commands.map((command) => (
                        <CommandOption
                          key={command.id}
                          id={`${id}-${command.id}`}
                          command={command}
                          query={query}
                          isActive={command === active}
                          onPoint={() => setChosenId(command.id)}
                          onRun={() => onRun(command)}
                          onStepInto={command.canStepInto && onStepInto ? () => stepInto(command) : undefined}
                        />
                      ))}
                    </div>
                  ),
              )}
            </div>
          </div>
          <footer className="flex flex-none items-center gap-4 border-t border-line bg-sunken px-[18px] py-2 text-xs text-fg-3 max-md:hidden">
            <span className="flex items-center gap-1">
              <Kbd>↑</Kbd>
              <Kbd>↓</Kbd>
              <span className="ml-1">Move</span>
            </span>
            <span className="flex items-center gap-2">
              <Kbd>↵</Kbd> {step ? 'Run' : 'Open'}
            </span>
            {step && (
              <span className="flex items-center gap-2">
                <Kbd>⌫</Kbd> Back
              </span>
            )}
            {active?.canStepInto && (
              <span className="flex items-center gap-2">
                <Kbd>Tab</Kbd> Actions
              </span>
            )}
            <span className="ml-auto">{footer}</span>
          </footer>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function isStepIn({ key, shiftKey, currentTarget }: KeyboardEvent): boolean {
  if (key === 'Tab') return !shiftKey;
  return key === 'ArrowRight' && currentTarget instanceof HTMLInputElement && isCaretAt(currentTarget, 'end');
}

function isStepBack({ key, shiftKey, currentTarget }: KeyboardEvent): boolean {
  if (key === 'Tab') return shiftKey;
  if (key !== 'Backspace' && key !== 'ArrowLeft') return false;
  return currentTarget instanceof HTMLInputElement && isCaretAt(currentTarget, 'start');
}

/** Whether the next key would find nothing more to do in the field. */
function isCaretAt({ value, selectionStart, selectionEnd }: HTMLInputElement, place: 'start' | 'end'): boolean {
  const at = place === 'start' ? 0 : value.length;
  return selectionStart === at && selectionEnd === at;
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

type CommandOptionProps = {
  id: string;
  command: Command;
  query: string;
  isActive: boolean;
  onPoint: () => void;
  onRun: () => void;
  onStepInto: (() => void) | undefined;
};

function CommandOption({ id, command, query, isActive, onPoint, onRun, onStepInto }: CommandOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keyboard for its list.
    <div
      id={id}
      data-command={command.id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onClick={onRun}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      className={joinClasses(
        'flex min-h-[37px] cursor-default items-center gap-2.5 rounded-md px-2.5 max-md:min-h-11 [&>svg]:flex-none [&>svg]:text-fg-3',
        isActive && 'bg-hover forced-colors:outline',
      )}
    >
      {command.icon}
      <span className="min-w-0 flex-1 truncate">
        <Marked text={command.label} query={query} />
        {command.hint && (
          <span className="ml-2.5 text-fg-3">
            <Marked text={command.hint} query={query} />
          </span>
        )}
      </span>
      {command.aside && <span className="flex flex-none items-center gap-2 text-xs text-fg-2">{command.aside}</span>}
      {onStepInto && (
        // For a pointer what Tab is for the keyboard, which the footer names.
        <span
          aria-hidden="true"
          title="Actions"
          data-step-into=""
          onClick={(event) => {
            event.stopPropagation();
            onStepInto();
          }}
          className="-mr-1.5 grid size-7 flex-none place-items-center rounded-sm text-fg-3 hover:bg-pressed hover:text-fg max-md:size-11"
        >
          <ChevronRight size={16} strokeWidth={1.75} />
        </span>
      )}
    </div>
  );
}

/** The part that was typed stands out. */
function Marked({ text, query }: { text: string; query: string }) {
  const needle = query.trim().toLowerCase();
  const at = needle === '' ? -1 : text.toLowerCase().indexOf(needle);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent font-medium text-accent">{text.slice(at, at + needle.length)}</mark>
      {text.slice(at + needle.length)}
    </>
  );
}
