'use server';

import { z } from 'zod';
import { formatMoment } from '@/components/format/time';
import { AppError } from '@/lib/core/errors';
import { publicAction } from '@/lib/entry/action';
import { lookAsHolder } from '@/lib/holders/commands';
import type { HolderUsage } from '@/lib/holders/contract';

const input = z.object({
  secret: z.string().trim().min(1, 'Paste your key.').max(1000, 'This is longer than any key.'),
});

/** The secret is the authorisation. It comes in the body, and goes no further than its hash. */
export const lookAction = publicAction(
  input,
  async ({ secret }, { now, requestId, clientAddress }): Promise<HolderUsage> => {
    const outcome = await lookAsHolder(secret, clientAddress, now, requestId);
    const refuse = (code: 'invalid_input' | 'forbidden' | 'rate_limited', message: string) =>
      new AppError(code, message, { field: 'secret' });
    switch (outcome.kind) {
      case 'found':
        return outcome.usage;
      case 'disabled':
        throw refuse('forbidden', 'This key is disabled and refuses every request. Ask whoever gave it to you.');
      case 'expired':
        throw refuse(
          'forbidden',
          `This key expired on ${formatMoment(outcome.expiredAt, now)}. Ask whoever gave it to you for a new one.`,
        );
      case 'unknown':
        throw refuse(
          'invalid_input',
          'This is no key that works here. Check that you copied all of it; it may have been replaced or deleted.',
        );
      case 'throttled':
        throw refuse(
          'rate_limited',
          `Too many tries from your network. Try again in ${Math.ceil(outcome.retryAfterSeconds / 60)} min.`,
        );
    }
  },
);
