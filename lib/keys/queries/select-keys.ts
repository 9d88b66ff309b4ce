import { type Call, canReach, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import type { UsageWindow } from '../../core/time-window';
import { querySnapshot } from '../../server/snapshot';
import { KEYS_CHANGED_MAX } from '../bounds';
import { type ChangePreview, type KeySelection, keyChange, keyHashes } from '../contract';
import { type ChangeableKey, type KeyChange, planChange } from '../key-change';
import { ALL_TYPED, filterParameters, joinsOf, WHERE_KEYS } from './key-filter';
import { windowParameters } from './key-row';

/** More keys than this are not looked at for one preview. */
const PREVIEWED_MAX = 100_000;
const NAMES_MAX = 5;

/** Hashes of selected keys, a request's worth, and where the next request goes on. For the command that changes them. */
export async function findSelectedHashes(
  call: Call,
  workspaceId: string,
  selection: KeySelection,
): Promise<{ hashes: readonly string[]; nextAfterHash: string | null }> {
  if (selection.kind === 'hashes') return { hashes: keyHashes.parse(selection.hashes), nextAfterHash: null };
  const rows = await querySnapshot<{ hash: string }>(
    // In the order of hashes, which says nothing of keys, but lets the next request go on where this one ends.
    `SELECT k.hash ${fromSelected(selection, [])} ORDER BY k.hash LIMIT ${KEYS_CHANGED_MAX + 1}`,
    selectedParameters(call, workspaceId, selection),
  );
  const hashes = rows.slice(0, KEYS_CHANGED_MAX).map(({ hash }) => hash);
  return { hashes, nextAfterHash: rows.length > KEYS_CHANGED_MAX ? (hashes.at(-1) ?? null) : null };
}

type Part = Parameters<typeof joinsOf>[0][number];

/** Selected keys that are not deleted. $5 to $10: the filter; $11: statuses; $12: hashes; $13 and $14: bounds of a filter. */
function fromSelected(selection: KeySelection, parts: readonly Part[]): string {
  const isJudged = selection.kind === 'filter' && selection.filter.statuses !== undefined;
  return `FROM api_keys k ${joinsOf(isJudged ? [...parts, 'status'] : parts)}
    WHERE ${WHERE_KEYS} AND ${isJudged ? 't.status = ANY($11::text[])' : '$11::text[] IS NULL'}
      AND ($12::text[] IS NULL OR k.hash = ANY($12)) AND ($13::timestamptz IS NULL OR k.created_at <= $13)
      AND ($14::text IS NULL OR k.hash > $14) AND ${ALL_TYPED}`;
}

function selectedParameters(call: Call, workspaceId: string, selection: KeySelection): unknown[] {
  const filter = selection.kind === 'filter' ? selection.filter : { includeDisabled: true };
  return [
    ...windowParameters(call.now),
    ...filterParameters({ ...filter, workspaceId }),
    filter.statuses ?? null,
    selection.kind === 'hashes' ? selection.hashes : null,
    selection.kind === 'filter' ? selection.createdUntil : null,
    selection.kind === 'filter' ? selection.afterHash : null,
  ];
}

interface PreviewedKey extends ChangeableKey {
  readonly name: string;
  /** Whether the key works and nothing would be left of the limit that the change sets. */
  readonly isRefusing: boolean;
}

interface Row {
  name: string;
  is_disabled: boolean;
  limit_nano_usd: bigint | null;
  limit_window: UsageWindow;
  tags: string[];
  is_refusing: boolean;
}

/** What a change would do to selected keys, without doing it. */
export async function previewChange(
  call: Call,
  workspaceId: string,
  selection: KeySelection,
  rawChange: KeyChange,
): Promise<ChangePreview> {
  requireScope(call, 'keys:write');
  if (!canReach(call, workspaceId)) throw new AppError('not_found', 'Workspace not found');
  const change = keyChange.parse(rawChange);
  if (selection.kind === 'hashes') keyHashes.parse(selection.hashes);
  const { parts, isRefusing, limit } = refusalOf(change);
  const rows = await querySnapshot<Row>(
    // What the rule looks at, and whether the key would refuse requests at once. By name, so that the first can be told.
    `SELECT k.name, k.disabled_at IS NOT NULL AS is_disabled, k.limit_nano_usd, k.limit_window, k.tags,
              k.disabled_at IS NULL AND COALESCE(k.expires_at > $4, true) AND ${isRefusing} AS is_refusing
         ${fromSelected(selection, parts)} AND $15::bigint IS NOT DISTINCT FROM $15
        ORDER BY k.name, k.hash LIMIT ${PREVIEWED_MAX + 1}`,
    [...selectedParameters(call, workspaceId, selection), limit],
  );
  if (rows.length > PREVIEWED_MAX) {
    throw new AppError('invalid_input', `These are more than ${PREVIEWED_MAX} keys. Narrow the filter.`);
  }
  const plan = planChange(rows.map(toPreviewed), change);
  const missing = selection.kind === 'hashes' ? new Set(selection.hashes).size - rows.length : 0;
  const refusing = plan.changed.filter((key) => key.isRefusing);
  return {
    changed: plan.changed.length,
    changedNames: namesOf(plan.changed),
    skipped: [
      ...plan.skipped.map(({ reason, keys }) => ({ reason, keys: keys.length, names: namesOf(keys) })),
      ...(missing > 0 ? [{ reason: 'gone' as const, keys: missing, names: [] }] : []),
    ],
    refusing: refusing.length,
    refusingNames: namesOf(refusing),
    readAt: call.now,
  };
}

function toPreviewed(row: Row): PreviewedKey {
  return {
    name: row.name,
    isDisabled: row.is_disabled,
    limitNanoUsd: row.limit_nano_usd,
    limitWindow: row.limit_window,
    tags: row.tags,
    isRefusing: row.is_refusing,
  };
}

function namesOf(keys: readonly PreviewedKey[]): string[] {
  return keys.slice(0, NAMES_MAX).map(({ name }) => name);
}

const BYOK = 'CASE WHEN k.include_byok_in_limit THEN 1 ELSE 0 END';
/** What a key has spent in the running window that its limit would have, in SQL. */
const SPENT: Readonly<Record<UsageWindow, string>> = {
  day: spentInHours('$1::date', '$1::date + 1'),
  week: spentInHours('$2::date', '$2::date + 7'),
  month: `COALESCE(m.spend_nano_usd::numeric + m.byok_nano_usd * ${BYOK}, 0)`,
  lifetime: `COALESCE(l.spend_nano_usd::numeric + l.byok_nano_usd * ${BYOK}, 0)`,
};

function spentInHours(from: string, to: string): string {
  return `(SELECT COALESCE(SUM(spend_nano_usd::numeric + byok_nano_usd * ${BYOK}), 0) FROM key_hours
            WHERE workspace_id = k.workspace_id AND key_id = k.id AND hour >= ${from} AND hour < ${to})`;
}

/** Whether a key would have nothing left, in SQL, with what has to be joined for it. $15: the limit. */
function refusalOf(change: KeyChange): { parts: readonly Part[]; isRefusing: string; limit: bigint | null } {
  if (change.kind !== 'set_limit' || change.limitNanoUsd === null)
    return { parts: [], isRefusing: 'false', limit: null };
  return {
    parts: ['month', 'lifetime', 'holds'],
    isRefusing: `${SPENT[change.limitWindow]} + COALESCE(h.held, 0) >= $15::bigint`,
    limit: change.limitNanoUsd,
  };
}
