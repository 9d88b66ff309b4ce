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

/** A sheet of forms while it loads. `rows` says for each row of the sheet how many fields it has. */
export function SkeletonSheet({ rows, label }: { rows: readonly number[]; label: string }) {
  return (
    <div role="status" className="w-full max-w-(--content-max)">
      <span className="sr-only">{label}</span>
      {rows.map((fields, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows stand for nothing and never move.
        <div key={row} className="sheet-row">
          <div className="sheet-cell" data-span={8}>
            <Skeleton width={96} height={12} />
            <div className="mt-5 flex max-w-[560px] flex-col gap-5">
              {Array.from({ length: fields }, (_, field) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <div key={field}>
                  <Skeleton width={72 + ((field * 29) % 48)} />
                  <Skeleton height={32} className="mt-2" />
                </div>
              ))}
            </div>
          </div>
          <div className="sheet-cell" data-span={4}>
            <Skeleton width={80} height={12} />
            <div className="mt-5 flex flex-col gap-3.5">
              <Skeleton />
              <Skeleton width="72%" />
            </div>
          </div>
        </div>
      ))}
    </div>
  );
}
