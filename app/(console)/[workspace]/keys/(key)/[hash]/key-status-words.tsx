'use client';

import { Chip, type ChipTone } from '@/components/ui/chip';
import type { StatusTone } from '@/components/ui/status';
import { useKeyDialogs } from '../../key-dialogs';
import type { KeyRow } from '../../key-row';
import { statusWords } from '../../key-words';

const CHIP_TONES: Readonly<Record<StatusTone, ChipTone>> = {
  ok: 'ok',
  info: 'info',
  near: 'warn',
  act: 'danger',
  idle: 'neutral',
  off: 'neutral',
};

/** The status, and what it asks for, as it is about to be. */
export function KeyStatusWords({ row: saved }: { row: KeyRow }) {
  const row = useKeyDialogs().shownAs(saved);
  const { tone, label, hint } = statusWords(row);
  return (
    <>
      <Chip tone={CHIP_TONES[tone]}>{label}</Chip>
      <span className="mono text-xs text-fg-3 md:hidden">{row.hint}</span>
      {row.status !== 'active' && <span className="text-xs text-pretty text-fg-2 max-md:w-full">{hint}</span>}
    </>
  );
}
