import type { Call } from '../../core/call';
import { type Overview, type OverviewRequest, overviewQuestions, toOverview } from '../overview';
import { askTogether } from './ask-usage';

/** Reads the overview of a workspace: its questions are about one moment, so that their figures tie out with each other. */
export async function readOverview(
  call: Call,
  workspaceId: string,
  request: Omit<OverviewRequest, 'now'>,
): Promise<Overview> {
  const asked = { ...request, now: call.now };
  return toOverview(asked, await askTogether(call, workspaceId, overviewQuestions(asked)));
}
