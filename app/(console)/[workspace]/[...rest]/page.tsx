import type { Metadata } from 'next';
import { requireSession } from '@/lib/entry/session';
import NotFound from '../not-found';

export const metadata: Metadata = { title: 'Not found' };

/**
 * Any other address below a workspace. It is shown and not thrown: what is thrown here only scripts could show, and a
 * page that is not found must not be blank.
 */
export default async function UnknownPage({ params }: { params: Promise<{ workspace: string }> }) {
  await requireSession((await params).workspace);
  return <NotFound />;
}
