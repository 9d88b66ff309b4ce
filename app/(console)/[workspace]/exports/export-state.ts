import type { ExportRow } from './export-row';

/** Waiting for its turn included. */
export function isBeingMade({ state }: Pick<ExportRow, 'state'>): boolean {
  return state === 'pending' || state === 'running';
}

/** Until when its file can be had. NULL: there is none, or none any more. */
export function keptUntil({ state, expiresAt }: Pick<ExportRow, 'state' | 'expiresAt'>, now: Date): Date | null {
  const end = state === 'done' && expiresAt !== null ? new Date(expiresAt) : null;
  return end !== null && end > now ? end : null;
}
