import type { ReactNode } from 'react';

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
