import type { ContractName } from '../core/endpoint';
import { edgednsEnvelope } from '../vendors/edgedns/envelope';
import { edgednsRoutes } from '../vendors/edgedns/routes';
import type { Envelope } from '../vendors/envelope';
import { exportRoutes } from '../vendors/keyledger/exports-routes';
import { keyledgerRoutes } from '../vendors/keyledger/routes';
import { usageRoutes } from '../vendors/keyledger/usage-routes';
import { langdockEnvelope } from '../vendors/langdock/envelope';
import { langdockRoutes } from '../vendors/langdock/routes';
import { oneloopEnvelope } from '../vendors/oneloop/envelope';
import { oneloopRoutes } from '../vendors/oneloop/routes';
import { analyticsRoutes } from '../vendors/openrouter/analytics-routes';
import { openrouterEnvelope } from '../vendors/openrouter/envelope';
import { openrouterRoutes } from '../vendors/openrouter/routes';
import type { Route } from '../vendors/route';

/** Every route of the API. */
export const apiRoutes: readonly Route[] = [
  ...keyledgerRoutes,
  ...exportRoutes,
  ...usageRoutes,
  ...openrouterRoutes,
  ...analyticsRoutes,
  ...oneloopRoutes,
  ...langdockRoutes,
  ...edgednsRoutes,
];

/** First path segments of the API: below them every answer is JSON in some contract's envelope. */
export const API_PREFIXES = ['/api/v1', '/api/public/export', '/v1', '/export'] as const;

const ENVELOPES: Readonly<Record<ContractName, Envelope>> = {
  native: openrouterEnvelope,
  openrouter: openrouterEnvelope,
  oneloop: oneloopEnvelope,
  edgedns: edgednsEnvelope,
  langdock: langdockEnvelope,
};

export function envelopeOf(contract: ContractName): Envelope {
  return ENVELOPES[contract];
}

/** Whose words a path speaks when no route answers it. */
export function contractOfPath(path: string): ContractName {
  if (/^\/api\/v1\/(api-key|workspace|link-token|usage|customer-billing)(\/|$)/.test(path)) return 'oneloop';
  if (path.startsWith('/api/v1')) return 'openrouter';
  if (path.startsWith('/v1')) return 'edgedns';
  return path.startsWith('/api/public/export') || path.startsWith('/export') ? 'langdock' : 'native';
}

/** Whether the API answers a path, with or without a trailing slash. */
export function isApiPath(path: string): boolean {
  return API_PREFIXES.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}
