import { Basis } from '../server/basis';
import { Batcher } from '../server/batcher';
import { queryRows } from '../server/db';
import { textArray } from '../server/sql-array';

/** A management key by the hash of its secret. */
export interface ManagementCredential {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** NULL: of the whole account. */
  readonly workspaceId: string | null;
  readonly scopes: readonly string[];
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** A key by the hash of one of its secrets, or by its own. */
export interface KeyCredential {
  readonly workspaceId: string;
  readonly id: bigint;
  readonly hash: string;
  readonly environment: 'live' | 'test';
  readonly expiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly deletedAt: Date | null;
  /** When the secret that was named ends; NULL: never, or the key's hash was named. */
  readonly secretEndsAt: Date | null;
  /** The last use of that secret that is noted. */
  readonly secretUsedAt: Date | null;
}

/** What is not found is not in the maps, nor is it remembered. */
export interface Credentials {
  readonly management: ReadonlyMap<string, ManagementCredential>;
  readonly bySecret: ReadonlyMap<string, KeyCredential>;
  readonly byHash: ReadonlyMap<string, KeyCredential>;
}

/** Hashes to look up: of management keys' secrets, of keys' secrets, and keys' own. */
export interface WantedCredentials {
  readonly management?: readonly string[];
  readonly secrets?: readonly string[];
  readonly keys?: readonly string[];
}

/**
 * What this process read of keys, secrets, management keys and prices, and the token of `recording_basis` under which it
 * did: recording assumes that it still holds, and asks for the token in the statement that writes.
 */
export const recordingBasis = new Basis();

/** Some 10 MB at the most. */
const REMEMBERED_MAX = 20_000;
const rememberedManagement = recordingBasis.memory<ManagementCredential>(1000);
const rememberedSecrets = recordingBasis.memory<KeyCredential>(REMEMBERED_MAX);
const rememberedKeys = recordingBasis.memory<KeyCredential>(REMEMBERED_MAX);

interface Row {
  kind: 'basis' | 'management' | 'secret' | 'key';
  secret_hash: string;
  workspace_id: string | null;
  number: bigint;
  id: string;
  name: string;
  label: string;
  environment: 'live' | 'test';
  scopes: string[];
  created_at: Date;
  expires_at: Date | null;
  disabled_at: Date | null;
  deleted_at: Date | null;
  ends_at: Date | null;
  last_used_at: Date | null;
}

/**
 * Whoever calls and whatever keys the call names, for many requests at once, and first the token under which that
 * holds. Each branch goes by a unique index; what a
 * branch does not know is NULL. The hash of a secret is read to tell rows apart and goes no further.
 */
const READ_CREDENTIALS = `
  SELECT 'basis' AS kind, NULL AS secret_hash, NULL::uuid AS workspace_id, NULL::bigint AS number, token::text AS id, NULL AS name,
         NULL AS label, NULL AS environment, NULL::text[] AS scopes, NULL::timestamptz AS created_at, NULL::timestamptz AS expires_at,
         NULL::timestamptz AS disabled_at, NULL::timestamptz AS deleted_at, NULL::timestamptz AS ends_at, NULL::timestamptz AS last_used_at
    FROM recording_basis
   UNION ALL
  SELECT 'management', secret_hash, workspace_id, NULL, id::text, name, label, NULL, scopes,
         created_at, expires_at, disabled_at, NULL, NULL, last_used_at
    FROM management_keys WHERE secret_hash = ANY($1::text[]) AND deleted_at IS NULL
   UNION ALL
  SELECT 'secret', s.secret_hash, k.workspace_id, k.id, k.hash, NULL, NULL, k.environment::text, NULL, NULL, k.expires_at,
         k.disabled_at, k.deleted_at, s.ends_at, s.last_used_at
    FROM key_secrets s JOIN api_keys k ON k.workspace_id = s.workspace_id AND k.id = s.key_id
   WHERE s.secret_hash = ANY($2::text[])
   UNION ALL
  SELECT 'key', NULL, workspace_id, id, hash, NULL, NULL, environment::text, NULL, NULL, expires_at, disabled_at, deleted_at,
         NULL, NULL
    FROM api_keys WHERE hash = ANY($3::text[])`;

async function readCredentials(wanted: readonly WantedCredentials[]): Promise<Credentials[]> {
  const unique = (pick: (wish: WantedCredentials) => readonly string[] | undefined) =>
    textArray([...new Set(wanted.flatMap((wish) => pick(wish) ?? []))]);
  const rows = await queryRows<Row>(READ_CREDENTIALS, [
    unique(({ management }) => management),
    unique(({ secrets }) => secrets),
    unique(({ keys }) => keys),
  ]);
  const management = new Map<string, ManagementCredential>();
  const bySecret = new Map<string, KeyCredential>();
  const byHash = new Map<string, KeyCredential>();
  for (const row of rows) {
    if (row.kind === 'basis') recordingBasis.becomes(row.id);
    else if (row.kind === 'management') management.set(row.secret_hash, toManagement(row));
    else if (row.kind === 'secret') bySecret.set(row.secret_hash, toKey(row));
    else byHash.set(row.id, toKey(row));
  }
  for (const [hash, credential] of management) rememberedManagement.set(hash, credential);
  for (const [hash, credential] of bySecret) rememberedSecrets.set(hash, credential);
  for (const [hash, credential] of byHash) rememberedKeys.set(hash, credential);
  const found = { management, bySecret, byHash };
  return wanted.map(() => found);
}

function toManagement(row: Row): ManagementCredential {
  return {
    id: row.id,
    name: row.name,
    label: row.label,
    workspaceId: row.workspace_id,
    scopes: row.scopes,
    disabledAt: row.disabled_at,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

function toKey(row: Row): KeyCredential {
  if (row.workspace_id === null) throw new Error('A key belongs to a workspace.');
  return {
    workspaceId: row.workspace_id,
    id: row.number,
    hash: row.id,
    environment: row.environment,
    expiresAt: row.expires_at,
    disabledAt: row.disabled_at,
    deletedAt: row.deleted_at,
    secretEndsAt: row.ends_at,
    secretUsedAt: row.last_used_at,
  };
}

const batcher = new Batcher<WantedCredentials, Credentials>({
  run: readCredentials,
  weightOf: ({ management = [], secrets = [], keys = [] }) => management.length + secrets.length + keys.length,
  batchWeightMax: 2000,
  waitingWeightMax: 60_000,
});

/**
 * Looks keys up together with those of other requests. Read from the database every time: a key that was revoked is
 * refused by the very next request.
 */
export function findCredentials(wanted: WantedCredentials): Promise<Credentials> {
  return batcher.submit(wanted);
}

/** A management key as it was read under the token of `recordingBasis`. NULL: it was not. */
export function recallManagement(secretHash: string): ManagementCredential | null {
  return rememberedManagement.get(secretHash) ?? null;
}

/** A key by the hash of a secret, as it was read under the token of `recordingBasis`. NULL: it was not. */
export function recallBySecret(secretHash: string): KeyCredential | null {
  return rememberedSecrets.get(secretHash) ?? null;
}

/** As `recallBySecret`, by the key's own hash. */
export function recallByHash(hash: string): KeyCredential | null {
  return rememberedKeys.get(hash) ?? null;
}
