import { joinClasses } from './class-names';

/** Up to two letters: the first two of one word, or the initials of the first two words. */
export function initialsOf(name: string, count = 2): string {
  const words = name
    .trim()
    .split(/[\s\-_./@]+/)
    .filter(Boolean);
  const [first = '', second] = words;
  const letters =
    count === 1 || second === undefined
      ? [...first].slice(0, count)
      : [...first].slice(0, 1).concat([...second].slice(0, 1));
  return letters.join('').toUpperCase();
}

/** A person: round, one letter. Decorative, because the name always stands beside it. */
export function Avatar({ name, size = 22 }: { name: string; size?: number }) {
  return (
    <span
      aria-hidden="true"
      style={{ width: size, height: size }}
      className="grid flex-none place-items-center rounded-full bg-pressed text-2xs font-semibold text-fg-2"
    >
      {initialsOf(name, 1)}
    </span>
  );
}

/** A place that people switch between: square, two letters. */
export function Tile({
  name,
  size = 24,
  isCurrent = true,
  initials,
}: {
  name: string;
  size?: number;
  isCurrent?: boolean;
  initials?: string | undefined;
}) {
  return (
    <span
      aria-hidden="true"
      style={{ width: size, height: size }}
      className={joinClasses(
        'grid flex-none place-items-center rounded-sm text-2xs font-semibold',
        isCurrent ? 'bg-inverse text-fg-inverse' : 'bg-pressed text-fg-2',
      )}
    >
      {initials ?? initialsOf(name)}
    </span>
  );
}
