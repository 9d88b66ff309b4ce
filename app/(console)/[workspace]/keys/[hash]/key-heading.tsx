import { Chip } from '@/components/ui/chip';
import { Status } from '@/components/ui/status';
import type { KeyRow } from '../key-row';
import { statusWords } from '../key-words';

/** What the key is, and what its status asks for: here the sentence stands in the open. */
export function KeyHeading({ row }: { row: KeyRow }) {
  const { tone, label, hint } = statusWords(row);
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-(--page-x) py-2.5">
      <Status tone={tone} label={label} />
      <Chip tone={row.environment === 'test' ? 'test' : 'neutral'}>{row.environment === 'test' ? 'Test' : 'Live'}</Chip>
      <span className="mono text-fg-2">{row.hint}</span>
      {row.status !== 'active' && <span className="text-xs text-fg-2 max-md:basis-full">{hint}</span>}
    </div>
  );
}
