import { ChevronRight } from 'lucide-react';
import { joinClasses } from './class-names';
import type { Command } from './command';

type CommandOptionProps = {
  id: string;
  command: Command;
  query: string;
  isActive: boolean;
  onPoint: () => void;
  onRun: () => void;
  onStepInto: (() => void) | undefined;
};

/** A command in the palette's list. The field above has the focus. */
export function CommandOption({ id, command, query, isActive, onPoint, onRun, onStepInto }: CommandOptionProps) {
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
        isActive && 'bg-pressed forced-colors:outline',
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
