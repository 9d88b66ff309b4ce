import { DEFAULT_PREFIX } from '@/lib/core/secret';
import { publicBaseUrl } from '@/lib/entry/base-url';
import type { Session } from '@/lib/entry/session';
import { listKeyOwners, listKeyTags } from '@/lib/keys/queries/summarise-keys';
import { adminsOnlyReason } from '../role-words';
import type { KeysPlace } from './keys-place';

/** What the parts of the keys pages that run in the browser need to know. */
export async function readPlace({ call, user, role, workspace }: Session): Promise<KeysPlace> {
  const [owners, tags] = await Promise.all([listKeyOwners(call, workspace.id), listKeyTags(call, workspace.id)]);
  const noRole = adminsOnlyReason(role, workspace.name);
  return {
    slug: workspace.slug,
    workspaceName: workspace.name,
    keyPrefix: workspace.keyPrefix ?? DEFAULT_PREFIX,
    defaultLimit:
      workspace.defaultLimitNanoUsd === null
        ? null
        : { nanoUsd: workspace.defaultLimitNanoUsd, window: workspace.defaultLimitWindow },
    baseUrl: publicBaseUrl(),
    userEmail: user.email,
    readOnlyReason: call.scopes.has('keys:write') ? null : noRole,
    noExportReason: call.scopes.has('usage:export') ? null : noRole,
    owners,
    tags,
    timeZone: workspace.timeZone,
    now: call.now,
  };
}
