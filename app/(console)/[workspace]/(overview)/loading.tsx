import { Skeleton } from '@/components/ui/skeleton';
import { TopBar } from '@/components/ui/top-bar';

const FIGURES = [
  { id: 'today', span: 'lg:col-span-2' },
  { id: 'month', span: 'lg:col-span-4' },
  { id: 'requests', span: 'lg:col-span-2' },
  { id: 'errors', span: 'lg:col-span-2' },
  { id: 'keys', span: 'lg:col-span-2' },
];
const BARS = [42, 78, 70, 60, 82, 64, 36, 58, 74, 88, 62, 80, 54, 46, 72, 90, 66, 50];

/** The geometry of the overview, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <>
      <TopBar title="Overview" />
      <div role="status" className="w-full max-w-(--content-max)">
        <span className="sr-only">Loading the overview</span>
        <div className="grid grid-cols-2 border-b border-line lg:grid-cols-12">
          {FIGURES.map(({ id, span }) => (
            <div
              key={id}
              className={`flex h-[104px] flex-col gap-3 border-line px-(--page-x) py-4 lg:not-first:border-l ${span}`}
            >
              <Skeleton width={96} />
              <Skeleton width={128} height={22} />
            </div>
          ))}
        </div>
        <div className="border-b border-line px-(--page-x) py-5">
          <Skeleton width={140} height={14} />
          <div className="mt-6 flex h-[240px] items-end gap-2.5">
            {BARS.map((height, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they stand for nothing and never move.
              <Skeleton key={index} width="100%" height={`${height}%`} />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
