import { Meter, MeterFigure, meterToneOf } from '../ui/meter';

type MeterCellProps = {
  label: string;
  value: string;
  /** "of $4,500 / mo". */
  of: string;
  spent: number;
  held?: number;
  /** Under the meter: at the right when it resets, and at the left what is left, where there is room for both. */
  below?: { end: string; start: string } | undefined;
  /** The whole in a sentence, on hover. */
  title?: string | undefined;
};

/** A figure, what it is of, and a meter below, as long in every row. Money is never cut: what has no room is left out. */
export function MeterCell({ label, value, of, spent, held = 0, below, title = `${value} ${of}` }: MeterCellProps) {
  return (
    <div title={title} className="flex flex-col gap-0.5">
      <div className="flex h-4 flex-wrap justify-between gap-x-2 overflow-hidden leading-4">
        <MeterFigure tone={meterToneOf(spent)}>{value}</MeterFigure>
        <span className="text-xs text-fg-3">{of}</span>
      </div>
      <div className="py-px">
        <Meter label={label} valueText={`${value} ${of}`} spent={spent} held={held} size={below ? 4 : 6} />
      </div>
      {below && (
        <div className="flex h-3 flex-row-reverse flex-wrap justify-between gap-x-2 overflow-hidden text-2xs leading-3 text-fg-3 in-data-[density=compact]:hidden">
          <span>{below.end}</span>
          <span>{below.start}</span>
        </div>
      )}
    </div>
  );
}
