import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { ToolBar, TopBar } from '@/components/ui/top-bar';

/** The geometry of the book, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <>
      <TopBar title="Prices" />
      <ToolBar label="Filters">
        <Skeleton width={264} height={28} className="max-md:w-full!" />
        <Skeleton width={208} height={28} className="max-md:hidden" />
      </ToolBar>
      <div className="h-[34px] border-b border-line max-md:hidden" />
      <SkeletonRows count={15} label="Loading prices" />
    </>
  );
}
