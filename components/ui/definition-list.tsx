import type { ReactNode } from 'react';

/** Name at the left, value at the right, a rule between the rows. */
export function DefinitionList({
  items,
  isRuledAround = false,
}: {
  items: ReadonlyArray<{ term: string; detail: ReactNode }>;
  isRuledAround?: boolean;
}) {
  return (
    <dl className={isRuledAround ? 'border-y border-line' : undefined}>
      {items.map((item) => (
        <div
          key={item.term}
          className="flex items-center justify-between gap-4 border-b border-line py-[7px] last:border-b-0"
        >
          <dt className="text-fg-2">{item.term}</dt>
          <dd className="min-w-0 text-right">{item.detail}</dd>
        </div>
      ))}
    </dl>
  );
}
