import { env } from '../../server/env';
import { readSigningSecret } from '../../server/secret-file';
import { deriveLinkKey } from '../signed-url';

let key: Promise<Uint8Array> | undefined;

/** What links are signed with: the same in every process that shares the installation's secret. Read once. */
export function linkKey(): Promise<Uint8Array> {
  key ??= readSigningSecret(env()).then(deriveLinkKey);
  return key;
}
