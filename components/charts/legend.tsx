import type { ReactNode } from 'react';
import type { LineLook } from './chart-data';
import { type SeriesColor, seriesColorOf } from './series-color';

export type LegendEntry = { id: string; label: ReactNode } & (
  | { kind: 'series'; slot: SeriesColor }
  | { kind: 'line'; look: LineLook; slot: SeriesColor }
  | { kind: 'previous' | 'open' | 'no-data' }
);

/** What the marks of a chart mean, in the order of its table. */
export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-fg-2">
      {entries.map((entry) => (
        <li key={entry.id} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <LegendMark entry={entry} />
          {entry.label}
        </li>
      ))}
    </ul>
  );
}

function LegendMark({ entry }: { entry: LegendEntry }) {
  switch (entry.kind) {
    case 'series':
      return <SeriesDot slot={entry.slot} />;
    case 'line':
      return <LineDash look={entry.look} slot={entry.slot} />;
    case 'previous':
      return <i aria-hidden="true" className="w-3.5 border-t-2 border-dotted border-prev" />;
    case 'open':
      return <i aria-hidden="true" className="size-[9px] rounded-[2px] border border-dashed border-fg-3" />;
    case 'no-data':
      return <i aria-hidden="true" className="hatch h-2.5 w-3 rounded-[2px]" />;
  }
}

const DASHES: Readonly<Record<LineLook, string>> = {
  main: 'border-t-2 border-solid',
  forecast: 'border-t-2 border-dashed',
  faint: 'border-t border-solid',
};

/** A line as it is drawn, beside its name. */
export function LineDash({ look, slot }: { look: LineLook; slot: SeriesColor }) {
  return (
    <i
      aria-hidden="true"
      className={`w-3.5 flex-none forced-color-adjust-none ${DASHES[look]}`}
      style={{ borderColor: seriesColorOf(slot) }}
    />
  );
}

/** The colour of an entity beside its name. */
export function SeriesDot({ slot }: { slot: SeriesColor }) {
  return (
    <i
      aria-hidden="true"
      className="inline-block size-2 flex-none rounded-[2px] forced-color-adjust-none"
      style={{ background: seriesColorOf(slot) }}
    />
  );
}
