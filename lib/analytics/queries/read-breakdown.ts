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
    const ofLatencies = previousLatencyQuestion(request);
    const [{ groups, parts }, latencies] = await Promise.all([
      answerUsage(snapshot, { ...groupQuestion(request), workspaceId }).then(async (groups) => {
        const ofParts = partQuestion(request, groups);
        return { groups, parts: ofParts && (await answerUsage(snapshot, { ...ofParts, workspaceId })) };
      }),
      ofLatencies && answerUsage(snapshot, { ...ofLatencies, workspaceId }),
    ]);
    return toBreakdown(request, groups, parts, latencies);
  });
}
