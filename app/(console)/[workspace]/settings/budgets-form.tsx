'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { MoneyField } from '@/components/ui/text-field';
import type { BudgetUse } from '@/lib/budgets/queries';
import { formatUsd } from '@/lib/core/money';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { PageForm } from '../../../page-form';
import { BudgetMeter, budgetLabels } from './budget-meter';
import { SaveNotes } from './save-notes';
import type { Saved } from './saved';
import { useReload, useSave } from './use-save';

type BudgetsFormProps = {
  action: (previous: ActionState<Saved>, form: FormData) => Promise<ActionState<Saved>>;
  /** Narrowest first. */
  budgets: readonly BudgetUse[];
  includeByok: boolean;
  /** The `budgetsVersion` of what is shown. */
  version: string;
  now: Date;
};

export function BudgetsForm(props: BudgetsFormProps) {
  const { count, reload } = useReload();
  return <Fields key={count} {...props} onReload={reload} />;
}

function Fields(props: BudgetsFormProps & { onReload: () => void }) {
  const { action, budgets, includeByok, now, onReload } = props;
  const { state, isPending, version, isAnnounced, save, post } = useSave(action, props.version, 'Budgets saved');
  return (
    <PageForm form={{ state, isPending, run: save, post }} submitLabel="Save budgets">
      <input type="hidden" name="seen" value={version} />
      {budgets.map((budget) => (
        <div key={budget.window} className="grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(0,220px)_minmax(0,1fr)]">
          <MoneyField
            label={budgetLabels[budget.window]}
            name={budget.window}
            placeholder="No budget"
            defaultValue={budget.limitNanoUsd === null ? undefined : formatUsd(budget.limitNanoUsd)}
            error={fieldError(state, budget.window)}
          />
          <div className="sm:pt-[26px]">
            <BudgetMeter budget={budget} now={now} />
          </div>
        </div>
      ))}
      <Checkbox
        name="includeByok"
        defaultChecked={includeByok}
        label="Count spend through own provider keys"
        help="Such requests (BYOK) are recorded apart, and by default use up no budget."
      />
      <SaveNotes state={state} onReload={onReload} isAnnounced={isAnnounced} />
    </PageForm>
  );
}
