'use server';

import { redirect } from 'next/navigation';
import { AppError } from '@/lib/core/errors';
import { action } from '@/lib/entry/action';
import { widestCall } from '@/lib/entry/session';
import { createPrice } from '@/lib/prices/commands';
import { priceForm } from './price-form';

/** Adds a price for this workspace, or by an owner of the account for all. */
export const createPriceAction = action(
  priceForm,
  async (call, { reach, name, input, leave }, session): Promise<string> => {
    const by = reach === 'account' ? await widestCall(session) : call;
    if (reach === 'account' && by.workspace !== null) {
      throw new AppError('forbidden', 'Only owners of the account set prices for all workspaces.');
    }
    await createPrice(by, input);
    if (leave) redirect(`/${session.workspace.slug}/prices`);
    return name;
  },
);
