import { askUsage } from '../../analytics/queries/ask-usage';
import { requireScope } from '../../core/call';
import { getMeantWorkspace } from '../../workspaces/queries';
import { type Route, route } from '../route';
import { getUsage } from './usage-contract';
import { toQuestion, toUsage } from './usage-translation';

export const usageRoutes: readonly Route[] = [
  route(getUsage, async ({ call, query }) => {
    requireScope(call, 'usage:read');
    const question = toQuestion(query, await getMeantWorkspace(call, query.workspace_id), call.now);
    return { data: toUsage(query, question, await askUsage(call, question)) };
  }),
];
