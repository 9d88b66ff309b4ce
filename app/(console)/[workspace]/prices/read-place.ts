import { type Session, widestCall } from '@/lib/entry/session';
import { listPriceProviders } from '@/lib/prices/queries/list-price-book';
import type { PricesPlace } from './prices-place';

/** What the parts of the prices pages that run in the browser need to know. */
export async function readPlace(session: Session): Promise<PricesPlace> {
  const { call, role, workspace } = session;
  const [widest, providers] = await Promise.all([widestCall(session), listPriceProviders(call, workspace.id)]);
  return {
    slug: workspace.slug,
    workspaceName: workspace.name,
    readOnlyReason: call.scopes.has('workspaces:write')
      ? null
      : `Only owners set prices. You are ${role === 'admin' ? 'an admin' : 'a viewer'} in ${workspace.name}.`,
    canReachAccount: widest.workspace === null,
    providers,
    zone: workspace.timeZone,
    now: call.now,
  };
}
