import { RuledSheet, SheetCell, SheetRow } from '@/components/ui/section';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { TopBar } from '@/components/ui/top-bar';

/** The geometry of a key's page. */
export default function Loading() {
  return (
    <>
      <TopBar title="Key" />
      <div className="flex min-h-12 items-center border-b border-line px-(--page-x)">
        <Skeleton width={260} />
      </div>
      <RuledSheet>
        <SheetRow>
          <SheetCell span={8} isFlush>
            <SkeletonRows count={6} height={38} label="Loading the key" />
          </SheetCell>
          <SheetCell span={4} isFlush>
            <SkeletonRows count={6} height={38} label="Loading its spend" />
          </SheetCell>
        </SheetRow>
      </RuledSheet>
    </>
  );
}
