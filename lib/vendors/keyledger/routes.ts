import { reconcileShared } from '../../books/commands/reconcile-shared';
import { Reply } from '../../core/endpoint';
import { createHold } from '../../holds/commands/create-hold';
import { releaseHold } from '../../holds/commands/release-hold';
import { settleHold } from '../../holds/commands/settle-hold';
import { createManagementKey, deleteManagementKey } from '../../management-keys/commands';
import { getManagementKey, listManagementKeys } from '../../management-keys/queries';
import { createPrice } from '../../prices/commands';
import { getPrice, listPrices } from '../../prices/queries';
import { prepareUsage } from '../../usage/commands/prepare-usage';
import { recordPrepared } from '../../usage/commands/record-usage';
import type { EventStatus } from '../../usage/contract';
import { earlyRoute, type Route, route } from '../route';
import * as contract from './contract';
import { toEventResult, toHoldInfo, toManagementKeyInfo, toPriceInfo, toReconciliation } from './translation';

const PAGE_SIZE = 100;

export const keyledgerRoutes: readonly Route[] = [
  earlyRoute(
    contract.recordUsageEvents,
    ({ body, now }) => prepareUsage(body.events, now),
    async ({ call }, prepared) => {
      const results = await recordPrepared(call, prepared, { isLimitWanted: true });
      const count = (status: EventStatus) => results.filter((result) => result.status === status).length;
      return {
        results: results.map(toEventResult),
        recorded: count('recorded'),
        duplicate: count('duplicate'),
        conflict: count('conflict'),
        rejected: count('rejected'),
      };
    },
  ),

  route(contract.createHold, async ({ call, body }) => {
    const hold = await createHold(call, body);
    return new Reply({ data: toHoldInfo(hold) }, hold.isRepeat ? { status: 200 } : {});
  }),

  route(contract.settleHold, async ({ call, params, body }) => ({
    data: toEventResult(await settleHold(call, params.id, body)),
  })),

  route(contract.releaseHold, async ({ call, params }) => {
    await releaseHold(call, params.id);
    return { deleted: true as const };
  }),

  route(contract.getReconciliation, async ({ call }) => ({ data: toReconciliation(await reconcileShared(call)) })),

  route(contract.createManagementKey, async ({ call, body }) => {
    const created = await createManagementKey(call, {
      name: body.name,
      workspaceId: body.workspace_id?.toLowerCase() ?? null,
      ...(body.scopes === undefined ? {} : { scopes: body.scopes }),
      expiresAt: body.expires_at ?? null,
    });
    return { data: toManagementKeyInfo(await getManagementKey(call, created.id)), key: created.secret };
  }),

  route(contract.listManagementKeys, async ({ call, query }) => {
    const page = await listManagementKeys(call, query.workspace_id?.toLowerCase() ?? null, query.offset, PAGE_SIZE);
    return { data: page.rows.map(toManagementKeyInfo), total_count: page.total };
  }),

  route(contract.deleteManagementKey, async ({ call, params }) => {
    await deleteManagementKey(call, params.id);
    return { deleted: true as const };
  }),

  route(contract.listPrices, async ({ call, query }) => {
    const page = await listPrices(call, query.search, query.offset, query.limit);
    return { data: page.rows.map(toPriceInfo), total_count: page.total };
  }),

  route(contract.createPrice, async ({ call, body }) => {
    const id = await createPrice(call, body);
    return { data: toPriceInfo(await getPrice(id)) };
  }),
];
