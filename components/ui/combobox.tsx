'use client';

import { Check, ChevronsUpDown, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { joinClasses } from './class-names';
import { type ComboboxOption, matchOptions } from './combobox-match';
import { describedBy, Field, type FieldText } from './field';
import { useSentValues } from './sent-fields';

type ComboboxProps = FieldText & {
  name: string;
  options: readonly ComboboxOption[];
  defaultValue?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  placeholder?: string | undefined;
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** Offers to take what was typed, such as `Add owner “bil”`. */
  createLabel?: ((typed: string) => string) | undefined;
};

/**
 * Filters while typing. Up and Down move, Enter takes, Esc gives up. The form gets the value under `name`. Where no script runs
 * the value is typed.
 */
export function Combobox(props: ComboboxProps) {
  const {
    label,
    labelAside,
    help,
    error,
    name,
    options,
    defaultValue = '',
    onChange,
    placeholder,
    size = 'md',
    createLabel,
  } = props;
  const id = useId();
  const box = useRef<HTMLSpanElement>(null);
  const [sent] = useSentValues(name) ?? [];
  const [value, setValue] = useState(sent ?? defaultValue);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const isOpen = typed !== null;
  const shown = options.find((option) => option.value === value)?.label ?? value;
  const { matches, createText } = matchOptions(options, typed ?? '', Boolean(createLabel));
  const entries =
    createText === null ? matches : [...matches, { value: createText, label: createLabel?.(createText) ?? createText }];

  function open() {
    if (isOpen) return;
    setTyped('');
    setActive(
      Math.max(
        0,
        options.findIndex((option) => option.value === value),
      ),
    );
  }
  function take(next: string) {
    setValue(next);
    setTyped(null);
    onChange?.(next);
  }
  function onKeyDown(event: KeyboardEvent) {
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return open();
      const step = key === 'ArrowDown' ? 1 : -1;
      setActive((before) => (before + step + entries.length) % Math.max(1, entries.length));
    } else if (key === 'Enter' && isOpen && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      const entry = entries[active];
      if (entry) take(entry.value);
    } else if (key === 'Tab') setTyped(null);
  }

  return (
    <Field id={id} label={label} labelAside={labelAside} help={help} error={error}>
      <input type="hidden" name={name} value={value} />
      <noscript>
        <span className="control-box" data-size={size} data-invalid={error ? '' : undefined}>
          {/* Of a name that is sent twice the last counts. */}
          <input
            name={name}
            defaultValue={value}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            aria-label={typeof label === 'string' ? label : name}
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy(id, { help, error })}
          />
        </span>
      </noscript>
      <Popover.Root open={isOpen} onOpenChange={(next) => !next && setTyped(null)}>
        <Popover.Anchor asChild>
          <span
            ref={box}
            className="control-box"
            data-size={size}
            data-invalid={error ? '' : undefined}
            data-needs-scripts=""
          >
            <input
              id={id}
              role="combobox"
              autoComplete="off"
              spellCheck={false}
              placeholder={isOpen ? shown || placeholder : placeholder}
              value={typed ?? shown}
              onChange={(event) => {
                setTyped(event.target.value);
                setActive(0);
              }}
              onClick={open}
              onKeyDown={onKeyDown}
              onBlur={() => setTyped(null)}
              aria-expanded={isOpen}
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={isOpen && entries[active] ? `${id}-${active}` : undefined}
              aria-invalid={error ? true : undefined}
              aria-describedby={describedBy(id, { help, error })}
            />
            <ChevronsUpDown size={14} strokeWidth={1.9} aria-hidden="true" />
          </span>
        </Popover.Anchor>
        <Popover.Portal container={landmarkOf(box.current)}>
          <Popover.Content
            onOpenAutoFocus={(event) => event.preventDefault()}
            onCloseAutoFocus={(event) => event.preventDefault()}
            onInteractOutside={(event) => {
              if (event.target instanceof Node && box.current?.contains(event.target)) event.preventDefault();
            }}
            onMouseDown={(event) => event.preventDefault()}
            sideOffset={4}
            collisionPadding={8}
            align="start"
            role="presentation"
            className="float-in z-(--z-dialog) max-h-[min(320px,var(--radix-popover-content-available-height))] w-(--radix-popover-trigger-width) overflow-y-auto rounded-lg bg-overlay p-[5px] shadow-popover"
          >
            {entries.length === 0 && (
              <p role="status" className="px-2 py-1.5 text-fg-3">
                Nothing found
              </p>
            )}
            <div
              id={`${id}-list`}
              role="listbox"
              tabIndex={-1}
              hidden={entries.length === 0}
              aria-label={typeof label === 'string' ? label : name}
            >
              {entries.map((entry, index) => {
                const isCreate = index === matches.length;
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above handles the keyboard for its list.
                  <div
                    key={isCreate ? 'create' : entry.value}
                    id={`${id}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={entry.value === value && !isCreate}
                    ref={(element) => {
                      if (index === active) element?.scrollIntoView({ block: 'nearest' });
                    }}
                    onMouseMove={() => setActive(index)}
                    onClick={() => take(entry.value)}
                    className={joinClasses(
                      'flex min-h-8 cursor-pointer items-center gap-[9px] rounded-sm px-2 py-[5px] max-md:min-h-11',
                      index === active && 'bg-pressed',
                      isCreate && 'text-fg-2',
                      isCreate &&
                        matches.length > 0 &&
                        'relative mt-[11px] before:absolute before:-inset-x-[5px] before:-top-[6px] before:h-px before:bg-line',
                    )}
                  >
                    {isCreate && (
                      <Plus size={14} strokeWidth={1.9} className="flex-none text-fg-3" aria-hidden="true" />
                    )}
                    <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                    {entry.hint && <span className="text-xs text-fg-3">{entry.hint}</span>}
                    {!isCreate && (
                      <Check
                        size={14}
                        strokeWidth={1.9}
                        className={entry.value === value ? 'flex-none text-fg-2' : 'invisible flex-none'}
                        aria-hidden="true"
                      />
                    )}
                  </div>
                );
              })}
            </div>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </Field>
  );
}

/** The list belongs to the landmark that its field is in; a dialog is cut off at its edge, so there it floats above all. */
function landmarkOf(field: HTMLElement | null): HTMLElement | null {
  return field?.closest('[role="dialog"]') ? null : (field?.closest('main') ?? null);
}
