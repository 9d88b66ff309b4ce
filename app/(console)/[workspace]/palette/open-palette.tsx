'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { CommandPalette } from '@/components/ui/command-palette';
import { maskSecretsIn } from '../keys/revealed-secret';
import type { PaletteCommand } from './palette-command';
import { groupsOf, type PaletteContext } from './palette-commands';
import { addRecent, parseRecent, RECENT_STORAGE_KEY, type Recent } from './recent';
import { useFound } from './use-found';
import { useKeyStep } from './use-key-step';

type OpenPaletteProps = Omit<PaletteContext, 'recent' | 'go'> & { placeName: string | undefined; onClose: () => void };

/** The palette while it is open: what was found for what is typed, and what is run of it. */
export function OpenPalette({ placeName, onClose, ...context }: OpenPaletteProps) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [recent] = useState(readRecent);
  const query = typed.trim();
  const { found, fault, isBusy } = useFound(context.slug, query);
  const groups = groupsOf(query, found, { ...context, recent, go: router.push });
  const isEmpty = groups.every(({ commands }) => commands.length === 0);
  const { step, stepInto } = useKeyStep(context.canWrite);
  function run(command: PaletteCommand) {
    onClose();
    if ('run' in command) return command.run();
    writeRecent(addRecent(recent, command.to));
    router.push(command.to.href);
  }
  const shared = { onRun: run, onClose };
  // One palette on both levels: it keeps the focus, and knows which command to come back to.
  return step ? (
    <CommandPalette
      {...shared}
      query={step.typed}
      onQuery={step.setTyped}
      groups={step.groups}
      message={step.message}
      step={{ label: step.key.name, fieldLabel: `Actions on ${step.key.name}`, onBack: () => stepInto(null) }}
    />
  ) : (
    <CommandPalette
      {...shared}
      query={typed}
      // A pasted secret is searched by its hint: it is no business of anything but its service.
      onQuery={(next) => setTyped(maskSecretsIn(next))}
      groups={groups}
      onStepInto={({ key }) => key && stepInto(key)}
      place={placeName}
      isBusy={isBusy}
      message={fault ?? (isEmpty && !isBusy ? `Nothing is called “${query}”.` : null)}
      footer="Finds keys by name, owner, secret hint and id"
    />
  );
}

/** A storage that is forbidden holds nothing. */
function readRecent(): Recent[] {
  try {
    return parseRecent(sessionStorage.getItem(RECENT_STORAGE_KEY));
  } catch {
    return [];
  }
}

function writeRecent(recent: readonly Recent[]): void {
  try {
    sessionStorage.setItem(RECENT_STORAGE_KEY, JSON.stringify(recent));
  } catch {
    // Without storage there are no recent ones.
  }
}
