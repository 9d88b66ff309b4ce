import type { Call } from '../../core/call';
import { type Overview, type OverviewRequest, overviewQuestions, sharesQuestion, toOverview } from '../overview';
import { answerTogether } from './ask-usage';
import { inUsageSnapshot } from './snapshot';

/** Reads the overview of a workspace: its questions are about one moment, so that their figures tie out with each other. */
export async function readOverview(
  call: Call,
  workspaceId: string,
  request: Omit<OverviewRequest, 'now'>,
): Promise<Overview> {
  const asked = { ...request, now: call.now };
  return inUsageSnapshot(call, workspaceId, async (snapshot) => {
    const [answers, [shares]] = await Promise.all([
      answerTogether(snapshot, overviewQuestions(asked)),
      answerTogether(snapshot, [sharesQuestion(asked)]),
    ]);
    return toOverview(asked, answers, shares);
  });
}
