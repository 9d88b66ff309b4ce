import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { ToolBar, TopBar } from '@/components/ui/top-bar';

/** The geometry of the list, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <>
      <TopBar title="Users" />
      <ToolBar label="Filters">
        <Skeleton width={264} height={28} className="max-md:w-full!" />
      </ToolBar>
      <div className="h-[34px] border-b border-line max-md:hidden" />
      <SkeletonRows count={6} label="Loading users" />
    </>
  );
}
