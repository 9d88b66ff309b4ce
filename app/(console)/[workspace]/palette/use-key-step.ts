'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { CommandGroup } from '@/components/ui/command';
import { useCopyKeyId } from '../keys/use-copy-key-id';
import { keyCommandsOf } from './key-commands';
import type { PaletteCommand, SteppedKey } from './palette-command';
import { useFound } from './use-found';

interface KeyStep {
  readonly key: SteppedKey;
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  readonly groups: readonly CommandGroup<PaletteCommand>[];
  readonly message: string | null;
}

/** The palette's second level: what can be done with one key. NULL: it is on its first. */
export function useKeyStep(canWrite: boolean): {
  readonly step: KeyStep | null;
  readonly stepInto: (key: SteppedKey | null) => void;
} {
  const router = useRouter();
  const copyId = useCopyKeyId();
  const [stepped, setStepped] = useState<SteppedKey | null>(null);
  const [typed, setTyped] = useState('');
  // How a key stands that was only opened before is asked for by its id.
  const isUnknown = stepped !== null && stepped.status === null;
  const { found, fault } = useFound(isUnknown ? stepped.slug : null, stepped?.hash ?? '');
  function stepInto(key: SteppedKey | null) {
    setStepped(key);
    setTyped('');
  }
  if (stepped === null) return { step: null, stepInto };
  const key = { ...stepped, status: stepped.status ?? found.keys[0]?.status ?? null };
  const needle = typed.trim().toLowerCase();
  const commands = keyCommandsOf(key, { canWrite, go: router.push, copyId: () => void copyId(key) }).filter(
    ({ label }) => label.toLowerCase().includes(needle),
  );
  const message = fault ?? (commands.length === 0 ? `No action is called “${typed.trim()}”.` : null);
  return { step: { key, typed, setTyped, groups: [{ label: 'Actions', commands }], message }, stepInto };
}
