import { v5 as uuidV5 } from 'uuid';
import type { Budget } from '../../budgets/queries';
import { usdNumber } from '../../core/money';
import type { UsageWindow } from '../../core/time-window';
import type { Key } from '../../keys/contract';
import type { ManagementKey } from '../../management-keys/contract';
import type { Member } from '../../members/contract';
import type { Workspace } from '../../workspaces/contract';
import { type CurrentKey, type KeyInfo, type WorkspaceInfo, workspaceSettings } from './contract';

type Reset = 'daily' | 'weekly' | 'monthly';
const RESETS: Readonly<Record<UsageWindow, Reset | null>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  lifetime: null,
};
const WINDOWS: Readonly<Record<Reset | 'lifetime', UsageWindow>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  lifetime: 'lifetime',
};

/** The vendor's word for a window; NULL: never resets. */
export function toReset(window: UsageWindow): Reset | null {
  return RESETS[window];
}

/** NULL never resets, and so is a limit for the lifetime. */
export function fromReset(reset: Reset | 'lifetime' | null): UsageWindow {
  return WINDOWS[reset ?? 'lifetime'];
}

function limitFields(key: Key) {
  const { day, week, month, lifetime } = key.spend;
  return {
    label: key.label,
    limit: key.limitNanoUsd === null ? null : usdNumber(key.limitNanoUsd),
    limit_remaining: key.limit.remainingNanoUsd === null ? null : usdNumber(key.limit.remainingNanoUsd),
    limit_reset: toReset(key.limitWindow),
    include_byok_in_limit: key.includeByokInLimit,
    usage: usdNumber(lifetime.spendNanoUsd),
    usage_daily: usdNumber(day.spendNanoUsd),
    usage_weekly: usdNumber(week.spendNanoUsd),
    usage_monthly: usdNumber(month.spendNanoUsd),
    byok_usage: usdNumber(lifetime.byokNanoUsd),
    byok_usage_daily: usdNumber(day.byokNanoUsd),
    byok_usage_weekly: usdNumber(week.byokNanoUsd),
    byok_usage_monthly: usdNumber(month.byokNanoUsd),
    creator_user_id: key.creatorUserId,
    expires_at: key.expiresAt?.toISOString() ?? null,
    workspace_id: key.workspaceId,
  };
}

export function toKeyInfo(key: Key): KeyInfo {
  return {
    ...limitFields(key),
    hash: key.hash,
    name: key.name,
    disabled: key.disabledAt !== null,
    created_at: key.createdAt.toISOString(),
    updated_at: key.updatedAt?.toISOString() ?? null,
    external_user: key.externalUser,
    environment: key.environment,
    limit_used: usdNumber(key.limit.usedNanoUsd),
    limit_resets_at: key.limit.resetsAt?.toISOString() ?? null,
    held: usdNumber(key.limit.heldNanoUsd),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    owner: key.owner,
    tags: [...key.tags],
    rotated_at: key.rotatedAt?.toISOString() ?? null,
  };
}

/** Facts of an account that a self-hosted ledger has not; the newest SDK wants them. */
const ACCOUNT_FIELDS = {
  is_free_tier: false,
  rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
  allowed_data_regions: ['global'],
  free_model_daily_requests: { limit: 0, remaining: 0, used: 0 },
  organization_id: null,
};

export function toCurrentKey(key: Key): CurrentKey {
  return { ...limitFields(key), ...ACCOUNT_FIELDS, is_management_key: false, is_provisioning_key: false };
}

/** A management key spends nothing and has no limit. */
export function toCurrentManagementKey(key: ManagementKey): CurrentKey {
  return {
    ...ACCOUNT_FIELDS,
    label: key.label,
    limit: null,
    limit_remaining: null,
    limit_reset: null,
    include_byok_in_limit: false,
    usage: 0,
    usage_daily: 0,
    usage_weekly: 0,
    usage_monthly: 0,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    creator_user_id: null,
    expires_at: key.expiresAt?.toISOString() ?? null,
    workspace_id: key.workspaceId,
    is_management_key: true,
    is_provisioning_key: true,
  };
}

/** Fixed for good, so that derived ids never change. */
const GUARDRAIL_NAMESPACE = '6f1c7b1e-3f0a-5d56-9a53-0d8c3f6c2a11';
const MEMBER_NAMESPACE = 'b0f4b7de-8f5e-5c0f-8a44-2a1b8f0e7c35';

export function toWorkspaceInfo(workspace: Workspace): WorkspaceInfo {
  const kept = workspaceSettings.safeParse(workspace.vendorSettings);
  const settings = kept.success ? kept.data : {};
  return {
    id: workspace.id,
    name: workspace.name,
    slug: workspace.slug,
    description: workspace.description,
    created_at: workspace.createdAt.toISOString(),
    updated_at: workspace.updatedAt?.toISOString() ?? null,
    created_by: workspace.createdBy,
    default_guardrail_id: uuidV5(workspace.id, GUARDRAIL_NAMESPACE),
    default_image_model: settings.default_image_model ?? null,
    default_provider_sort: settings.default_provider_sort ?? null,
    default_text_model: settings.default_text_model ?? null,
    io_logging_api_key_ids: settings.io_logging_api_key_ids ?? null,
    io_logging_sampling_rate: settings.io_logging_sampling_rate ?? 1,
    is_data_discount_logging_enabled: settings.is_data_discount_logging_enabled ?? true,
    is_observability_broadcast_enabled: settings.is_observability_broadcast_enabled ?? false,
    is_observability_io_logging_enabled: settings.is_observability_io_logging_enabled ?? false,
    include_byok_in_budgets: workspace.includeByokInBudgets,
    disabled_server_tools: settings.disabled_server_tools ?? null,
    time_zone: workspace.timeZone,
  };
}

export function toBudgetInfo(budget: Budget) {
  return {
    id: budget.id,
    workspace_id: budget.workspaceId,
    limit_usd: usdNumber(budget.limitNanoUsd),
    reset_interval: toReset(budget.window),
    created_at: budget.createdAt.toISOString(),
    updated_at: budget.updatedAt.toISOString(),
  };
}

/** The vendor knows two roles: who may change things is `admin`, who may look is `member`. */
export function toMemberInfo(member: Member) {
  return {
    id: uuidV5(`${member.workspaceId}/${member.userId}`, MEMBER_NAMESPACE),
    workspace_id: member.workspaceId,
    user_id: member.userId,
    role: member.role === 'viewer' ? ('member' as const) : ('admin' as const),
    created_at: member.createdAt.toISOString(),
  };
}
