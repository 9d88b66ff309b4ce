import { Meter, MeterFigure, meterToneOf } from '../ui/meter';

type MeterCellProps = {
  label: string;
  value: string;
  /** "of $4,500 / mo". */
  of: string;
  spent: number;
  held?: number;
  /** Beside the meter, such as what is left. */
  aside?: string | null | undefined;
  /** The whole in a sentence, on hover. */
  title?: string | undefined;
};

/** A figure, what it is of, and a meter below. Money is never cut: without room for both, the second part is left out. */
export function MeterCell({ label, value, of, spent, held = 0, aside, title = `${value} ${of}` }: MeterCellProps) {
  return (
    <div title={title} className="flex flex-col gap-0.5">
      <div className="flex h-4 flex-wrap justify-between gap-x-2 overflow-hidden leading-4">
        <MeterFigure tone={meterToneOf(spent)}>{value}</MeterFigure>
        <span className="text-xs text-fg-3">{of}</span>
      </div>
      <div className="flex h-3 items-center gap-2">
        <Meter label={label} valueText={`${value} ${of}`} spent={spent} held={held} />
        {aside && <span className="flex-none text-2xs leading-3 text-fg-3">{aside}</span>}
      </div>
    </div>
  );
}
