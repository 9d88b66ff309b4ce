import { joinClasses } from './class-names';

/** What is no longer than this fits wherever it is used, and is one piece. */
const WHOLE_LENGTH_MAX = 22;

type MiddleTextProps = {
  text: string;
  /** Characters at the end that always stay, such as a model's family and date. */
  tailLength?: number | undefined;
  isMono?: boolean | undefined;
  className?: string | undefined;
};

/**
 * An id, a path or a model in one line, as much of it as there is room for. Such names differ at their ends, so the room
 * that is missing is taken out of the middle: `anthropic/c…-sonnet-4-20250514`. The whole is its title.
 */
export function MiddleText({ text, tailLength = 14, isMono = false, className }: MiddleTextProps) {
  const classes = joinClasses(isMono && 'mono', className);
  if (text.length <= WHOLE_LENGTH_MAX) {
    return (
      <span title={text} className={joinClasses('block truncate', classes)}>
        {text}
      </span>
    );
  }
  return (
    <span title={text} className={joinClasses('flex min-w-0 whitespace-pre', classes)}>
      <span className="truncate" {...(isMono ? { style: { maxWidth: wholeCharacters(tailLength) } } : {})}>
        {text.slice(0, -tailLength)}
      </span>
      <span className="flex-none">{text.slice(-tailLength)}</span>
    </span>
  );
}

/** Room for whole characters of the mono font, which stand 0.01em closer but for the dots, so that no gap follows those. */
function wholeCharacters(tailLength: number): string {
  return `calc(round(down, 100% - .02em - ${tailLength} * (1ch - .01em), 1ch - .01em) + .02em)`;
}
