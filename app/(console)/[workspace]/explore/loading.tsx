import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { ToolBar, TopBar } from '@/components/ui/top-bar';

const CONTROLS = [128, 116, 118, 92, 104, 190, 186];
const BARS = [64, 82, 70, 74, 50, 46, 68, 72, 76, 66, 60, 48, 52, 80, 70, 78, 84, 62, 44, 50, 74, 80, 72, 66, 86, 58];

/** The geometry of the answer, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <>
      <TopBar title="Explore" />
      <ToolBar label="Question">
        {CONTROLS.map((width) => (
          <Skeleton key={width} width={width} height={28} />
        ))}
      </ToolBar>
      <ToolBar label="Filters and chart">
        <Skeleton width={96} height={28} />
      </ToolBar>
      <div role="status" className="w-full max-w-(--content-max)">
        <span className="sr-only">Loading the figures</span>
        <div className="border-b border-line px-(--page-x) pt-[18px] pb-5">
          <Skeleton width={180} height={32} />
          <div className="mt-8 flex h-[290px] items-end gap-2.5">
            {BARS.map((height, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they stand for nothing and never move.
              <Skeleton key={index} width="100%" height={`${height}%`} />
            ))}
          </div>
          <div className="h-10" />
        </div>
      </div>
      <div className="h-[54px]" />
      <SkeletonRows count={8} height={34} label="Loading the table" />
    </>
  );
}
