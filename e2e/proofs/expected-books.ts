import { parseUsd, usdNumber } from '../../lib/core/money';
import * as edgedns from '../../lib/vendors/edgedns/contract';
import * as native from '../../lib/vendors/keyledger/contract';
import { getUsage } from '../../lib/vendors/keyledger/usage-contract';
import { type Api, parseAnswer } from '../fixtures/api';

/** A key and what it must have spent and hold. Amounts in nano-USD. */
export interface ExpectedKey {
  readonly hash: string;
  /** Secrets that work. */
  readonly secrets: string[];
  readonly workspaceId: string;
  /** Of its lifetime. NULL: none. */
  limitNanoUsd: bigint | null;
  readonly isByokIncluded: boolean;
  spendNanoUsd: bigint;
  byokNanoUsd: bigint;
  heldNanoUsd: bigint;
}

interface ExpectedWorkspace {
  /** Called with a management key of this workspace alone. */
  readonly api: Api;
  events: number;
  costNanoUsd: bigint;
}

interface CountedEvent {
  readonly key: ExpectedKey;
  readonly costNanoUsd: bigint;
  readonly isByok: boolean;
}

/** The proof that the books balance, and what is on them, as a caller sees it. */
export async function readBooks(api: Api) {
  const answer = await api.get('/api/v1/reconciliation');
  return parseAnswer(answer, 200, native.getReconciliation.success.schema).data;
}

/** The program's own books: what it sent and was told of, added up without the product. */
export class ExpectedBooks {
  readonly keys: ExpectedKey[] = [];
  private readonly workspaces = new Map<string, ExpectedWorkspace>();

  /** `api` is called with a management key of the whole account. */
  private constructor(private readonly api: Api) {}

  /** Books over new workspaces of some keys each: without a limit, with one, and with one that counts BYOK. */
  static async open(api: Api, workspaces: number, keysEach: number): Promise<ExpectedBooks> {
    const books = new ExpectedBooks(api);
    for (let index = 0; index < workspaces; index += 1) {
      const { id } = await api.createWorkspace(`Proof ${index}`);
      const { secret } = await api.createManagementKey(id);
      books.workspaces.set(id, { api: api.as(secret), events: 0, costNanoUsd: 0n });
      for (let number = 0; number < keysEach; number += 1) await books.addKey(id, number);
    }
    return books;
  }

  private async addKey(workspaceId: string, number: number): Promise<void> {
    const limit = number % 3 === 0 ? null : 1_000_000;
    const isByokIncluded = number % 3 === 2;
    const { hash, secret } = await this.api.createKey({
      name: `Key ${number}`,
      workspace_id: workspaceId,
      limit,
      include_byok_in_limit: isByokIncluded,
    });
    this.keys.push({
      hash,
      secrets: [secret],
      workspaceId,
      limitNanoUsd: limit === null ? null : nanoUsdOf(limit),
      isByokIncluded,
      spendNanoUsd: 0n,
      byokNanoUsd: 0n,
      heldNanoUsd: 0n,
    });
  }

  count({ key, costNanoUsd, isByok }: CountedEvent): void {
    const workspace = this.workspaceOf(key.workspaceId);
    workspace.events += 1;
    workspace.costNanoUsd += costNanoUsd;
    if (isByok) key.byokNanoUsd += costNanoUsd;
    else key.spendNanoUsd += costNanoUsd;
  }

  get events(): number {
    return [...this.workspaces.values()].reduce((sum, { events }) => sum + events, 0);
  }

  get spendNanoUsd(): bigint {
    return [...this.workspaces.values()].reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0n);
  }

  /** Where the product's books differ from these, a sentence each; none is the proof. Nothing may be under way. */
  async findDifferences(): Promise<string[]> {
    const found: string[] = [];
    const all = await readBooks(this.api);
    if (!all.balanced) found.push(`The books do not balance: ${JSON.stringify(all.differences.slice(0, 5))}`);
    for (const [id, { api, events, costNanoUsd }] of this.workspaces) {
      const books = await readBooks(api);
      if (books.events !== events)
        found.push(`Workspace ${id}: ${events} events were acknowledged, ${books.events} are on the books.`);
      if (books.spend_usd !== usdNumber(costNanoUsd))
        found.push(`Workspace ${id}: $${usdNumber(costNanoUsd)} were spent, $${books.spend_usd} are on the books.`);
    }
    for (const key of this.keys) found.push(...(await this.findKeyDifferences(key)));
    return found;
  }

  private async findKeyDifferences(key: ExpectedKey): Promise<string[]> {
    const info = await this.api.getKey(key.hash);
    const used = key.spendNanoUsd + (key.isByokIncluded ? key.byokNanoUsd : 0n);
    const expected = {
      usage: usdNumber(key.spendNanoUsd),
      byok_usage: usdNumber(key.byokNanoUsd),
      held: usdNumber(key.heldNanoUsd),
      limit_remaining: key.limitNanoUsd === null ? null : usdNumber(key.limitNanoUsd - used - key.heldNanoUsd),
    };
    return Object.entries(expected).flatMap(([name, value]) => {
      const actual = Reflect.get(info, name);
      return actual === value ? [] : [`Key ${key.hash.slice(0, 8)}: ${name} is ${actual} and should be ${value}.`];
    });
  }

  /**
   * Where what a process says of each key's requests, by the sums that it keeps of days that are over, differs from what it
   * reads anew, which is of few rows.
   */
  async findUsageDifferences(host: Api): Promise<string[]> {
    const found: string[] = [];
    for (const id of this.workspaces.keys()) {
      const kept = parseAnswer(
        await host.get(`/v1/analytics/usage/by-key?period=current&workspace_id=${id}`),
        200,
        edgedns.getUsageByKey.success.schema,
      );
      const month = `${new Date().toISOString().slice(0, 7)}-01T00:00:00Z`;
      const query = { workspace_id: id, group_by: 'key', metrics: 'requests', from: month };
      const answer = await host.get(`/api/v1/usage?${new URLSearchParams(query)}`);
      const { groups } = parseAnswer(answer, 200, getUsage.success.schema).data;
      for (const { key_id: hash, request_count: requests } of kept.keys) {
        const read = groups.find(({ values: [value] }) => value?.id === hash)?.total.requests ?? 0;
        if (requests !== read)
          found.push(`Key ${hash.slice(0, 8)} at ${host.baseUrl}: ${requests} requests are kept, and ${read} read.`);
      }
    }
    return found;
  }

  private workspaceOf(id: string): ExpectedWorkspace {
    const workspace = this.workspaces.get(id);
    if (!workspace) throw new Error('A key of a workspace that these books do not have.');
    return workspace;
  }
}

/** An amount of the wire, exactly. */
export function nanoUsdOf(usd: number): bigint {
  const amount = parseUsd(usd);
  if (!amount.ok) throw new Error(`${usd} is not exact to nine decimals.`);
  return amount.nanoUsd;
}
