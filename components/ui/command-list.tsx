'use client';

import { useEffect, useRef } from 'react';
import type { Command, CommandGroup } from './command';
import { CommandOption } from './command-option';

type CommandListProps<One extends Command> = {
  id: string;
  idOf: (command: One) => string;
  groups: readonly CommandGroup<One>[];
  query: string;
  /** What Enter runs; it is kept in sight. */
  active: One | undefined;
  onPoint: (command: One) => void;
  onRun: (command: One) => void;
  onStepInto: ((command: One) => void) | undefined;
};

export function CommandList<One extends Command>(props: CommandListProps<One>) {
  const { id, idOf, groups, query, active, onPoint, onRun, onStepInto } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current
      ?.querySelector(`[data-command="${CSS.escape(active?.id ?? '')}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);
  return (
    <div ref={list} id={id} role="listbox" tabIndex={-1} aria-label="Results">
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
                  id={idOf(command)}
                  command={command}
                  query={query}
                  isActive={command === active}
                  onPoint={() => onPoint(command)}
                  onRun={() => onRun(command)}
                  onStepInto={command.canStepInto && onStepInto ? () => onStepInto(command) : undefined}
                />
              ))}
            </div>
          ),
      )}
    </div>
  );
}
