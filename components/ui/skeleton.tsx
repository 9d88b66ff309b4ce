type SkeletonProps = {
  width?: number | string | undefined;
  height?: number | string | undefined;
  className?: string | undefined;
};

/** Stands for a line or a block of the same size. It shows after 200 ms, so quick answers don't flicker. */
export function Skeleton({ width = '100%', height = 10, className = '' }: SkeletonProps) {
  return <span aria-hidden="true" className={`skeleton block ${className}`} style={{ width, height }} />;
}

/** Table rows while they load; the reader hears `label` once. */
export function SkeletonRows({
  count = 8,
  height = 44,
  label = 'Loading',
}: {
  count?: number;
  height?: number;
  label?: string;
}) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows stand for nothing and never move.
        <div key={index} className="flex items-center gap-3 border-b border-line px-(--page-x)" style={{ height }}>
          <Skeleton width={16} height={16} />
          <Skeleton width={92 + ((index * 37) % 60)} />
          <span className="flex-1" />
          <Skeleton width={48 + ((index * 23) % 32)} />
        </div>
      ))}
    </div>
  );
}
