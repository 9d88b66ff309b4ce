import { SkeletonSheet } from '@/components/ui/skeleton';
import { TopBar } from '@/components/ui/top-bar';

/** The geometry of the sheet: the name, the password, the second factor. */
export default function Loading() {
  return (
    <>
      <TopBar title="Profile" />
      <SkeletonSheet rows={[1, 3, 2]} label="Loading your profile" />
    </>
  );
}
