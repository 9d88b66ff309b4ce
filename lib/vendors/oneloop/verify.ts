import { type Call, requireScope } from '../../core/call';
import { AppError } from '../../core/errors';
import { findStanding, type KeyStanding } from '../../keys/queries/verify-key';
import { countRequest, type RateVerdict } from '../../limits/commands';
import { recordUsage } from '../../usage/commands/record-usage';
import type { ApiKeyScope, OneloopVerdict, VerifyStatus } from './contract';
import { hasScopes } from './scopes';
import { toScopes } from './translation';

export interface VerifyInput {
  readonly key: string;
  readonly requestedScopes: ApiKeyScope[];
  readonly route?: string | null | undefined;
  readonly billing?:
    | { readonly usage: string | number; readonly usageName?: string | null | undefined }
    | null
    | undefined;
  readonly rateLimitConfig?: { readonly id: string; readonly limit: number } | null | undefined;
}

/**
 * Whether a key may go on. The first hindrance in the contract's order is the verdict; the request counts against the
 * rate limiter only where nothing before stands in its way, and its usage is recorded where the verdict is VALID.
 */
export async function verifyApiKey(call: Call, input: VerifyInput): Promise<OneloopVerdict> {
  requireScope(call, 'usage:write');
  const key = await findStanding(call, input.key);
  const hindrance = findHindrance(key, input.requestedScopes, call.now);
  if (key === null || hindrance !== null) return toVerdict(key, hindrance ?? 'INVALID', input);

  const rate = input.rateLimitConfig
    ? await countRequest(key, input.rateLimitConfig.id, input.rateLimitConfig.limit, call.now)
    : null;
  if (rate?.isLimited) return toVerdict(key, 'RATE_LIMITED', input, rate);
  if (key.isLimitExhausted || key.isBudgetExhausted) return toVerdict(key, 'USAGE_LIMITED', input, rate);
  if (input.billing) await recordBilling(call, key, input.billing, input.route ?? null);
  return toVerdict(key, 'VALID', input, rate);
}

function findHindrance(key: KeyStanding | null, requested: readonly ApiKeyScope[], now: Date): VerifyStatus | null {
  if (key === null) return 'INVALID';
  if (key.deletedAt !== null) return 'DELETED';
  if (key.disabledAt !== null) return 'DISABLED';
  if (!key.isSecretLive || (key.expiresAt !== null && key.expiresAt <= now)) return 'EXPIRED';
  return hasScopes(toScopes(key), requested) ? null : 'INVALID_SCOPES';
}

async function recordBilling(
  call: Call,
  key: KeyStanding,
  billing: { readonly usage: string | number; readonly usageName?: string | null | undefined },
  routeName: string | null,
): Promise<void> {
  const event = {
    key_hash: key.hash,
    usage: String(billing.usage),
    ...(billing.usageName == null ? {} : { usage_name: billing.usageName }),
    ...(routeName ? { endpoint: routeName } : {}),
  };
  const [result] = await recordUsage(call, [event]);
  if (result?.status !== 'recorded')
    throw new AppError('invalid_input', result?.error ?? 'The usage could not be recorded.');
}

function toVerdict(
  key: KeyStanding | null,
  status: VerifyStatus,
  input: VerifyInput,
  rate: RateVerdict | null = null,
): OneloopVerdict {
  const { billing } = input;
  return {
    apiKeyId: key?.hash ?? '',
    expiresAt: key?.expiresAt?.getTime() ?? null,
    requestedScopes: input.requestedScopes,
    status,
    billing: billing
      ? { usage: String(billing.usage), ...(billing.usageName == null ? {} : { usageName: billing.usageName }) }
      : null,
    externalMeterId: key?.externalMeterId ?? null,
    customerId: key?.customerId ?? null,
    scopes: key ? toScopes(key) : [],
    ...(rate ? { rateLimit: { remaining: rate.remaining, resetAt: rate.resetsAt.getTime() } } : {}),
    ...(key ? { metadata: { ...key.metadata } } : {}),
  };
}
