import type { Metadata } from 'next';
import { productVersion } from '../version';
import { lookAction } from './actions';
import { HolderPage } from './holder-page';

export const metadata: Metadata = { title: 'Your key' };
export const dynamic = 'force-dynamic';

/** Where the holder of a key looks at it, with the key alone and no account. */
export default function Page() {
  return <HolderPage action={lookAction} version={productVersion} />;
}
