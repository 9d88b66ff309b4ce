import { z } from 'zod';
import { Api } from '../../e2e/fixtures/api';
import { PASSWORD } from '../../e2e/fixtures/console';
import type { Product } from '../../e2e/fixtures/product';
import { query } from '../../e2e/fixtures/query';
import { createSecret } from '../../lib/core/secret';

export const OWNER = { email: 'ops@fernhill.example' };

/** What the pictures show that is known only once it is made. */
export interface Scene {
  /** The page of the demo's key by its name. */
  readonly keyPage: (name: string) => string;
  /** A secret with months of usage, for its holder's own page. */
  readonly holderSecret: string;
}

/** Workspaces beside the demo's, so that there is something to switch between: each a key or more, spend and a budget. */
const OTHERS = [
  {
    slug: 'staging',
    name: 'Staging',
    keys: ['web-preview', 'load-tests', 'release-checks'],
    spent: 206,
    budget: 1_000,
  },
  { slug: 'research', name: 'Research', keys: ['paper-reader', 'embedding-lab'], spent: 1_990, budget: 4_500 },
  { slug: 'partner-apis', name: 'Partner APIs', keys: ['northwind'], spent: 1_204, budget: 4_000 },
] as const;
/** Of each of their keys. */
const REQUESTS = 400;

/** Fills an installation that nobody owns yet: its owner, the demo, other workspaces, keys for the API. */
export async function prepareScene(product: Product): Promise<Scene> {
  const api = new Api(product.baseUrl, product.accountKey);
  // The tests' fixture made it, under a name that says so.
  await query(product, 'UPDATE management_keys SET name = $1', ['Provisioning']);
  product.run(['user', 'create', '--email', OWNER.email, '--name', 'Operations', '--owner'], `${PASSWORD}\n`);
  product.run(['demo', '--seed', '1']);
  for (const other of OTHERS) await addWorkspace(api, other);
  for (const [name, scopes] of [
    ['Gateway', 'usage:write'],
    ['Month-end reports', 'usage:read,usage:export'],
  ] as const) {
    product.run(['management-key', 'create', '--name', name, '--workspace', 'demo', '--scopes', scopes]);
  }
  product.run(['reconcile']);
  const hashes = await hashesOfDemo(api);
  const hashOf = (name: string) => {
    const hash = hashes.get(name);
    if (hash === undefined) throw new Error(`The demo has no key ${name}.`);
    return hash;
  };
  return {
    keyPage: (name) => `/demo/keys/${hashOf(name)}`,
    holderSecret: await addSecret(product, hashOf('docs-assistant')),
  };
}

async function addWorkspace(api: Api, { slug, name, keys, spent, budget }: (typeof OTHERS)[number]): Promise<void> {
  const made = await api.post('/api/v1/workspaces', { name, slug });
  const { id } = z.object({ data: z.object({ id: z.string() }) }).parse(made.body).data;
  await api.send('PUT', `/api/v1/workspaces/${id}/budgets/monthly`, { limit_usd: budget });
  for (const key of keys) {
    const { hash } = await api.createKey({ name: key, workspace_id: id });
    const event = { key_hash: hash, endpoint: 'POST /v1/chat/completions', model: 'openai/gpt-4o' };
    await api.record(...Array.from({ length: REQUESTS }, () => ({ ...event, cost_usd: spent / REQUESTS })));
  }
}

async function hashesOfDemo(api: Api): Promise<ReadonlyMap<string, string>> {
  const { body } = await api.get('/api/v1/workspaces');
  const { data: workspaces } = z.object({ data: z.array(z.object({ id: z.string(), slug: z.string() })) }).parse(body);
  const demo = workspaces.find(({ slug }) => slug === 'demo');
  const answer = await api.get(`/api/v1/keys?workspace_id=${demo?.id}&include_disabled=true`);
  const { data } = z.object({ data: z.array(z.object({ hash: z.string(), name: z.string() })) }).parse(answer.body);
  return new Map(data.map(({ name, hash }) => [name, hash]));
}

/** Gives a key another secret past the product, which shows the demo's secrets to nobody. */
async function addSecret(product: Product, keyHash: string): Promise<string> {
  const { secret, hash, label } = createSecret('live');
  await query(
    product,
    `INSERT INTO key_secrets (secret_hash, workspace_id, key_id, label)
     SELECT $1, workspace_id, id, $2 FROM api_keys WHERE hash = $3`,
    [hash, label, keyHash],
  );
  return secret;
}

/** Makes a key's running month differ from its events, as a hand in the database would, and lets the check find it. */
export async function spoilBooks(product: Product): Promise<void> {
  await query(
    product,
    `UPDATE key_months SET spend_nano_usd = spend_nano_usd + 21300412
      WHERE month = date_trunc('month', now() AT TIME ZONE 'UTC')::date
        AND key_id = (SELECT id FROM api_keys WHERE name = 'translate-svc')`,
    [],
  );
  let isFound = false;
  try {
    product.run(['reconcile']);
  } catch {
    // The command fails where books do not balance.
    isFound = true;
  }
  if (!isFound) throw new Error('The books balance, though a counter is wrong.');
}

/** Removes what a picture created, so that the next one shows the same. */
export async function removeKeys(product: Product, name: string): Promise<void> {
  const rows = await query(product, 'SELECT hash FROM api_keys WHERE name = $1 AND deleted_at IS NULL', [name]);
  const api = new Api(product.baseUrl, product.accountKey);
  for (const { hash } of rows) await api.delete(`/api/v1/keys/${hash}`);
}
