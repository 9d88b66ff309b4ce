import { splitExactMoney } from '../format/money';

/** Nano-dollars in full: cents normal, the other seven digits dimmed. `isPlain` leaves them undimmed, for a difference. */
export function ExactMoney({ nanoUsd, isPlain = false }: { nanoUsd: bigint; isPlain?: boolean }) {
  const { main, rest } = splitExactMoney(nanoUsd);
  return (
    <span className="exact">
      {main}
      <span className={isPlain ? undefined : 'text-fg-3'}>{rest}</span>
    </span>
  );
}
