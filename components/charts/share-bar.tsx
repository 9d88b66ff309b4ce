import { type SeriesSlot, seriesColorOf } from './series-color';

export type Share = { id: string; name: string /** 0 to 1 of the whole. */; fraction: number; slot: SeriesSlot };

/** How a whole is shared out. Order the shares as in the legend, Other last; they are drawn to scale. */
export function ShareBar({ shares, label, height = 12 }: { shares: readonly Share[]; label: string; height?: number }) {
  return (
    <div
      role="img"
      aria-label={label}
      className="flex w-full gap-px overflow-hidden rounded-xs bg-track forced-color-adjust-none"
      style={{ height }}
    >
      {shares.map((share) =>
        share.fraction > 0 ? (
          <i
            key={share.id}
            title={share.name}
            className="block h-full min-w-px"
            style={{ width: `${share.fraction * 100}%`, background: seriesColorOf(share.slot) }}
          />
        ) : null,
      )}
    </div>
  );
}
