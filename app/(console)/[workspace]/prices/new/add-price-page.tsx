'use client';

import type { ActionState } from '@/lib/entry/action-state';
import { PageForm } from '../../../../page-form';
import { useForm } from '../../../../use-form';
import { PriceForm } from '../price-form-fields';
import { EMPTY_DRAFT, usePricesPlace } from '../prices-place';

type AddPricePageProps = {
  /** Bound to its workspace by the server, so that a form that is posted without scripts finds its state again. */
  action: (previous: ActionState<string>, form: FormData) => Promise<ActionState<string>>;
};

/** The form on its own page: done or given up, it goes to the list. */
export function AddPricePage({ action }: AddPricePageProps) {
  const { slug } = usePricesPlace();
  const form = useForm(action);
  return (
    <PageForm form={form} submitLabel="Add price" cancelHref={`/${slug}/prices`}>
      <p className="text-fg-2">It prices what is recorded from now on. Events on the books keep their cost.</p>
      <input type="hidden" name="leave" value="true" />
      <PriceForm draft={EMPTY_DRAFT} state={form.state} />
    </PageForm>
  );
}
