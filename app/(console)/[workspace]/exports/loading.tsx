import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { TopBar } from '@/components/ui/top-bar';

const FIELDS = ['What', 'Rows', 'Days', 'Zone', 'Filters', 'More filters'];

/** The geometry of the page, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <>
      <TopBar title="Exports" />
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[344px_minmax(0,1fr)]">
        <div className="flex flex-col gap-5 border-line px-(--page-x) py-6 max-lg:border-b lg:border-r">
          {FIELDS.map((field) => (
            <div key={field} className="flex flex-col gap-2">
              <Skeleton width={72} />
              <Skeleton height={32} />
            </div>
          ))}
        </div>
        <div className="pt-14">
          <SkeletonRows count={8} label="Loading the exports" />
        </div>
      </div>
    </>
  );
}
