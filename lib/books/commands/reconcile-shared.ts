import { type Call, requireScope } from '../../core/call';
import type { Reconciliation } from '../contract';
import { SharedRuns } from '../shared-runs';
import { reconcile } from './reconcile';

/** Each reads every event over a connection of the pool that recording uses too. Correctness does not hang on the count. */
const RUNS_MAX = 2;
const shared = globalThis as typeof globalThis & { keyledgerReconciliations?: SharedRuns<Reconciliation> };

/** As `reconcile`, for who may ask at any time and any number at once: those of the same books share what is found. */
export async function reconcileShared(call: Call): Promise<Reconciliation> {
  requireScope(call, 'usage:read');
  shared.keyledgerReconciliations ??= new SharedRuns(RUNS_MAX);
  return shared.keyledgerReconciliations.ask(call.workspace ?? 'all', () => reconcile(call));
}
