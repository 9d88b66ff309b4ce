import { SkeletonSheet } from '@/components/ui/skeleton';
import { TopBar } from '@/components/ui/top-bar';

/** The geometry of the sheet: two rows of forms, each with its explanation beside it. */
export default function Loading() {
  return (
    <>
      <TopBar title="Settings" />
      <SkeletonSheet rows={[6, 5]} label="Loading settings" />
    </>
  );
}
