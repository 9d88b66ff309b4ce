import { Meter, MeterFigure, meterToneOf } from '../ui/meter';

type MeterCellProps = {
  label: string;
  value: string /** "of $4,500 / mo". */;
  of: string;
  spent: number;
  held?: number;
};

/** A figure, what it is of, and a meter below. Money is never cut: without room for both, the second part is left out. */
export function MeterCell({ label, value, of, spent, held = 0 }: MeterCellProps) {
  return (
    <div className="flex flex-col gap-1">
      <div title={`${value} ${of}`} className="flex h-4 flex-wrap justify-between gap-x-2 overflow-hidden leading-4">
        <MeterFigure tone={meterToneOf(spent)}>{value}</MeterFigure>
        <span className="text-xs text-fg-3">{of}</span>
      </div>
      <Meter label={label} valueText={`${value} ${of}`} spent={spent} held={held} />
    </div>
  );
}
