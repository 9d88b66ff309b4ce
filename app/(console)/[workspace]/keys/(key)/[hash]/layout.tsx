import type { ReactNode } from 'react';
import { DeletedKeyPage } from './deleted-key-page';
import { type KeyParams, readDeletedKey } from './read-key-page';

type Props = { params: KeyParams; children: ReactNode };

/** A deleted key has no tabs any more: its page says where the rest of it is. */
export default async function KeyLayout({ params, children }: Props) {
  const found = await readDeletedKey(params);
  return found ? <DeletedKeyPage session={found.session} deleted={found.deleted} /> : children;
}
