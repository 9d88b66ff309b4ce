import { DEFAULT_PREFIX } from '@/lib/core/secret';
import { publicBaseUrl } from '@/lib/entry/base-url';
import type { Session } from '@/lib/entry/session';
import { listKeyOwners } from '@/lib/keys/queries/summarise-keys';
import type { KeysPlace } from './keys-place';

/** What the parts of the keys pages that run in the browser need to know. */
export async function readPlace({ call, user, role, workspace }: Session): Promise<KeysPlace> {
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
    readOnlyReason: call.scopes.has('keys:write')
      ? null
      : `You are a ${role} in ${workspace.name}. Ask an owner for the admin role.`,
    owners: await listKeyOwners(call, workspace.id),
    now: call.now,
  };
}
