import { z } from 'zod';
import { isStorableText } from '@/lib/core/text';
import { type CreatePriceInput, PRICE_NANO_USD_MAX, PRICE_VALID_FROM_MIN } from '@/lib/prices/contract';
import { leave } from '../../../leave-field';
import { readPrice } from './read-price';

const NAME_LENGTH_MAX = 200;
const USAGE_NAME_LENGTH_MAX = 100;
const PROVIDER_LENGTH_MAX = 100;
const storable = 'Remove the characters that cannot be stored.';
const typed = z.string().max(64, 'Enter a price such as 2.50.').default('');

/** What the form sends; which of the prices count depends on `kind`. */
const fields = z.object({
  kind: z.enum(['model', 'usage_name'], 'Choose what is priced.'),
  name: z
    .string()
    .trim()
    .max(NAME_LENGTH_MAX, `Use at most ${NAME_LENGTH_MAX} characters.`)
    .refine(isStorableText, storable),
  provider: z
    .string()
    .trim()
    .max(PROVIDER_LENGTH_MAX, `Use at most ${PROVIDER_LENGTH_MAX} characters.`)
    .refine(isStorableText, storable)
    .default(''),
  input: typed,
  output: typed,
  cacheRead: typed,
  cacheWrite: typed,
  unit: typed,
  from: z.enum(['now', 'day']).default('now'),
  day: z.string().default(''),
  reach: z.enum(['workspace', 'account']).default('workspace'),
  leave,
});
type Fields = z.output<typeof fields>;
type AddIssue = (path: keyof Fields, message: string) => void;

/** The form turned into what the command takes. Every message is a sentence for the person who typed. */
export const priceForm = fields.transform((form, context) => {
  let isWrong = false;
  const addIssue: AddIssue = (path, message) => {
    isWrong = true;
    context.addIssue({ code: 'custom', path: [path], message });
  };
  const price = form.kind === 'model' ? readModelPrice(form, addIssue) : readUnitPrice(form, addIssue);
  const validFrom = readValidFrom(form, addIssue);
  if (isWrong) return z.NEVER;
  const input: CreatePriceInput = { ...price, ...(validFrom === null ? {} : { valid_from: validFrom }) };
  return { reach: form.reach, name: form.name, input, ...(form.leave ? { leave: true } : {}) };
});

function readModelPrice(form: Fields, addIssue: AddIssue): CreatePriceInput {
  if (form.name === '') addIssue('name', 'Enter the model as services name it, such as gpt-4o.');
  const required = (path: 'input' | 'output') => readField(form[path], path, addIssue) ?? 0n;
  const optional = (path: 'cacheRead' | 'cacheWrite') =>
    form[path].trim() === '' ? null : readField(form[path], path, addIssue);
  return {
    model: form.name,
    provider: form.provider === '' ? null : form.provider,
    usd_per_million: {
      input: required('input'),
      output: required('output'),
      cache_read: optional('cacheRead'),
      cache_write: optional('cacheWrite'),
    },
  };
}

function readUnitPrice(form: Fields, addIssue: AddIssue): CreatePriceInput {
  if (form.name === '') addIssue('name', 'Enter the usage name as services send it, such as pages.');
  if (form.name.length > USAGE_NAME_LENGTH_MAX) addIssue('name', `Use at most ${USAGE_NAME_LENGTH_MAX} characters.`);
  return { usage_name: form.name, usd_per_unit: readField(form.unit, 'unit', addIssue) ?? 0n };
}

function readField(text: string, path: keyof Fields, addIssue: AddIssue): bigint | null {
  const read = readPrice(text);
  if (typeof read === 'string') addIssue(path, read);
  else if (read > PRICE_NANO_USD_MAX) addIssue(path, 'Enter at most 1000000.');
  else return read;
  return null;
}

/** NULL: from now on. A day begins at 00:00 UTC. */
function readValidFrom({ from, day }: Fields, addIssue: AddIssue): string | null {
  if (from === 'now') return null;
  const parsed = z.iso.date().safeParse(day);
  const at = `${parsed.data}T00:00:00.000Z`;
  if (parsed.success && new Date(at) >= PRICE_VALID_FROM_MIN) return at;
  addIssue('day', 'Choose the day from which the price holds.');
  return null;
}
