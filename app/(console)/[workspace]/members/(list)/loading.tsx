import { SkeletonRows } from '@/components/ui/skeleton';
import { TopBar } from '@/components/ui/top-bar';

/** The geometry of the list. */
export default function Loading() {
  return (
    <>
      <TopBar title="Members" />
      <div className="h-[34px] border-b border-line max-md:hidden" />
      <SkeletonRows label="Loading members" />
    </>
  );
}
