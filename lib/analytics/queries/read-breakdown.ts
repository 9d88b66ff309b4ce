import type { Call } from '../../core/call';
import {
  type Breakdown,
  type BreakdownRequest,
  groupQuestion,
  partQuestion,
  previousLatencyQuestion,
  toBreakdown,
} from '../breakdown';
import { answerUsage } from './ask-usage';
import { inUsageSnapshot } from './snapshot';

/** Reads a measure by one dimension or two, all of one moment, so that parts come to their groups and groups to the whole. */
export function readBreakdown(call: Call, workspaceId: string, request: BreakdownRequest): Promise<Breakdown> {
  return inUsageSnapshot(call, workspaceId, async (snapshot) => {
    const groups = await answerUsage(snapshot, { ...groupQuestion(request), workspaceId });
    const [ofParts, ofLatencies] = [partQuestion(request, groups), previousLatencyQuestion(request)];
    // One connection runs one statement at a time.
    const parts = ofParts && (await answerUsage(snapshot, { ...ofParts, workspaceId }));
    const latencies = ofLatencies && (await answerUsage(snapshot, { ...ofLatencies, workspaceId }));
    return toBreakdown(request, groups, parts, latencies);
  });
}
