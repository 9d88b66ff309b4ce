import { z } from 'zod';

/** Sent from a form's own page, which ends with it: the action then leads on. A dialog leaves it out, and stays where it is. */
export const leave = z
  .literal('true')
  .optional()
  .transform((sent) => sent === 'true');
