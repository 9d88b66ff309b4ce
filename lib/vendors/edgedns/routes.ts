import { askTogether } from '../../analytics/queries/ask-usage';
import { meanLatencies } from '../../analytics/queries/endpoint-latency';
import { listUsageByKey } from '../../analytics/queries/usage-by-key';
import { getMeantWorkspace } from '../../workspaces/queries';
import { type Route, route } from '../route';
import * as contract from './contract';
import {
  type Answer,
  errorsOfClass,
  question,
  rangeOf,
  toCategories,
  toDays,
  toEndpoints,
  toErrorRate,
  toFailingEndpoints,
  toKey,
  toPeriod,
} from './translation';

/** As many answers as questions were asked together. */
function answerAt(answers: readonly Answer[], index: number): Answer {
  const answer = answers[index];
  if (!answer) throw new Error('A question was left unanswered.');
  return answer;
}

export const edgednsRoutes: readonly Route[] = [
  route(contract.getUsageByKey, async ({ call, query }) => {
    const { id } = await getMeantWorkspace(call, query.workspace_id);
    const { keys, keyCount } = await listUsageByKey(call, id, rangeOf(query.period, call.now));
    return { keys: keys.map(toKey), total_keys: keyCount };
  }),

  route(contract.getUsage, async ({ call, query }) => {
    const { id } = await getMeantWorkspace(call, query.workspace_id);
    const range = rangeOf(query.period, call.now);
    const answers = await askTogether(call, id, [
      question(range, { groupBy: ['endpoint'] }),
      question(range, { granularity: 'day' }),
    ]);
    return {
      ...toPeriod(query.period, range, call.now),
      total_requests: Number(answerAt(answers, 1).total.sums.requests),
      by_category: toCategories(answerAt(answers, 0)),
      daily: toDays(answerAt(answers, 1)).map(({ date, sums }) => ({ date, request_count: Number(sums.requests) })),
      quota: null,
    };
  }),

  route(contract.getUsageByEndpoint, async ({ call, query }) => {
    const { id } = await getMeantWorkspace(call, query.workspace_id);
    const range = rangeOf(query.period, call.now);
    const answers = await askTogether(call, id, [question(range, { groupBy: ['endpoint'] })]);
    const answer = answerAt(answers, 0);
    return {
      ...toPeriod(query.period, range, call.now),
      endpoints: toEndpoints(answer, await meanLatencies(call, id, range)),
      total_endpoints: answer.groupCount,
    };
  }),

  route(contract.getErrors, async ({ call, query }) => {
    const { id } = await getMeantWorkspace(call, query.workspace_id);
    const range = rangeOf(query.period, call.now);
    const answers = await askTogether(call, id, [
      question(range, { granularity: 'day' }),
      question(range, { groupBy: ['status_class'] }),
      question(range, { groupBy: ['endpoint'], measure: 'errors' }),
    ]);
    const whole = answerAt(answers, 0);
    const byStatus = answerAt(answers, 1);
    return {
      ...toPeriod(query.period, range, call.now),
      total_requests: Number(whole.total.sums.requests),
      total_errors: Number(whole.total.sums.errors),
      error_rate_percent: toErrorRate(whole.total.sums),
      by_status: { '4xx': errorsOfClass(byStatus, '4'), '5xx': errorsOfClass(byStatus, '5') },
      by_endpoint: toFailingEndpoints(answerAt(answers, 2)),
      daily: toDays(whole).map(({ date, sums }) => ({
        date,
        request_count: Number(sums.requests),
        error_count: Number(sums.errors),
      })),
    };
  }),
];
