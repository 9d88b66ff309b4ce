import { Lock } from 'lucide-react';
import type { Metadata } from 'next';
import { Note } from '@/components/ui/banner';
import { RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { TopBar } from '@/components/ui/top-bar';
import { budgetsVersion } from '@/lib/budgets/ordering';
import { type BudgetUse, listBudgetUse } from '@/lib/budgets/queries';
import { DEFAULT_PREFIX } from '@/lib/core/secret';
import { requireSession } from '@/lib/entry/session';
import { countKeys } from '@/lib/keys/queries/summarise-keys';
import { listMembers } from '@/lib/members/queries';
import type { Workspace } from '@/lib/workspaces/contract';
import { saveBudgetsAction, saveSettingsAction } from './actions';
import { BudgetMeter, budgetLabels } from './budget-meter';
import { BudgetsForm } from './budgets-form';
import { DeleteWorkspace } from './delete-workspace';
import { keptReason } from './kept-reason';
import { ReadOnlySettings, WorkspaceFacts } from './settings-facts';
import { SettingsForm } from './settings-form';

export const metadata: Metadata = { title: 'Settings' };

type Props = { params: Promise<{ workspace: string }> };

export default async function SettingsPage({ params }: Props) {
  const { call, workspace, role } = await requireSession((await params).workspace);
  const canWrite = call.scopes.has('workspaces:write');
  const [budgets, keyCount, members] = await Promise.all([
    listBudgetUse(call, workspace.id),
    countKeys(call, workspace.id),
    listMembers(call, workspace.id, 0, 1),
  ]);
  return (
    <>
      <TopBar title="Settings" hint={workspace.name} />
      <RuledSheet>
        {!canWrite && (
          <div className="border-b border-line px-(--page-x) py-3">
            <Note icon={<Lock size={16} strokeWidth={1.75} aria-hidden="true" />}>
              Only owners change settings. You are {role === 'admin' ? 'an admin' : 'a viewer'} in {workspace.name}.
            </Note>
          </div>
        )}
        <SheetRow>
          <SheetCell span={8} label="Workspace">
            <SectionHeader title="Workspace" />
            <div className="max-w-[560px]">
              {canWrite ? (
                <SettingsForm
                  action={saveSettingsAction.bind(null, workspace.slug)}
                  settings={toSettings(workspace)}
                  defaultPrefix={DEFAULT_PREFIX}
                />
              ) : (
                <ReadOnlySettings workspace={workspace} />
              )}
            </div>
          </SheetCell>
          <SheetCell span={4} label="Facts">
            <SectionHeader title="Facts" />
            <WorkspaceFacts workspace={workspace} memberCount={members.total} />
            <p className="mt-3 text-xs text-fg-3">
              The address stays as it was made: API clients and bookmarks use it. Times in {workspace.timeZone}.
            </p>
          </SheetCell>
        </SheetRow>
        <SheetRow>
          <SheetCell span={8} label="Budgets">
            <SectionHeader title="Budgets" hint="USD of all keys together, counted in UTC" />
            <div className="max-w-[560px]">
              {canWrite ? (
                <BudgetsForm
                  action={saveBudgetsAction.bind(null, workspace.slug)}
                  budgets={budgets}
                  includeByok={workspace.includeByokInBudgets}
                  version={versionOf(budgets, workspace)}
                  now={call.now}
                />
              ) : (
                <ReadOnlyBudgets budgets={budgets} now={call.now} />
              )}
            </div>
          </SheetCell>
          <SheetCell span={4} label="How budgets work">
            <SectionHeader title="How budgets work" />
            <ul className="flex list-disc flex-col gap-2 pl-4 text-fg-2 marker:text-fg-3">
              <li>A budget that is used up refuses holds and verification of every key, until it resets.</li>
              <li>Usage that is recorded all the same is recorded: what was spent was spent.</li>
              <li>Each budget must be below the next broader one, or it would never bind.</li>
            </ul>
          </SheetCell>
        </SheetRow>
        {canWrite && (
          <SheetRow>
            <SheetCell span={12} label="Delete this workspace">
              <SectionHeader title="Delete this workspace" />
              <DeleteWorkspace
                workspace={{ slug: workspace.slug, name: workspace.name }}
                keptReason={keptReason(workspace.slug, keyCount)}
              />
            </SheetCell>
          </SheetRow>
        )}
      </RuledSheet>
    </>
  );
}

function toSettings(workspace: Workspace) {
  const { name, timeZone, defaultLimitNanoUsd, defaultLimitWindow } = workspace;
  return {
    name,
    timeZone,
    defaultLimitNanoUsd,
    defaultLimitWindow,
    description: workspace.description ?? '',
    keyPrefix: workspace.keyPrefix ?? '',
    seenAt: workspace.updatedAt?.toISOString() ?? '',
  };
}

function versionOf(budgets: readonly BudgetUse[], { includeByokInBudgets }: Workspace): string {
  const limitOf = (window: BudgetUse['window']) => budgets.find((one) => one.window === window)?.limitNanoUsd ?? null;
  const limits = { day: limitOf('day'), week: limitOf('week'), month: limitOf('month'), lifetime: limitOf('lifetime') };
  return budgetsVersion({ limits, includeByok: includeByokInBudgets });
}

function ReadOnlyBudgets({ budgets, now }: { budgets: readonly BudgetUse[]; now: Date }) {
  return (
    <dl className="flex flex-col gap-4">
      {budgets.map((budget) => (
        <div key={budget.window} className="grid gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,120px)_minmax(0,1fr)]">
          <dt className="text-fg-2">{budgetLabels[budget.window]}</dt>
          <dd>
            <BudgetMeter budget={budget} now={now} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
