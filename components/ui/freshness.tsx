/** How old the figures are: green while they are current, amber when they lag behind. */
export function Freshness({
  label,
  title,
  isStale = false,
}: {
  label: string;
  title?: string | undefined;
  isStale?: boolean;
}) {
  return (
    <span
      title={title}
      className={`inline-flex items-center gap-[7px] text-xs whitespace-nowrap ${isStale ? 'text-warn-fg' : 'text-fg-3'}`}
    >
      <i aria-hidden="true" className={`size-1.5 flex-none rounded-full ${isStale ? 'bg-warn' : 'bg-ok'}`} />
      {label}
    </span>
  );
}
