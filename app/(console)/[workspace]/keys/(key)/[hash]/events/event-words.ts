import type { StatusTone } from '@/components/ui/status';
import type { KeyEvent } from '@/lib/usage/contract';

const WORDS: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'not signed in',
  402: 'no credit left',
  403: 'not allowed',
  404: 'not found',
  408: 'timed out',
  413: 'too large',
  422: 'not understood',
  429: 'rate limit',
  500: 'failed',
  502: 'bad gateway',
  503: 'unavailable',
  504: 'timed out',
};

/** How a request ended: from 400 on it is an error. */
export function statusWords({ status }: Pick<KeyEvent, 'status'>): { tone: StatusTone; label: string } {
  const word = WORDS[status];
  const label = word === undefined ? String(status) : `${status} ${word}`;
  if (status < 400) return { tone: 'ok', label };
  return { tone: status < 500 ? 'near' : 'act', label };
}

const PRICED: Readonly<Record<KeyEvent['pricedBy'], string>> = {
  caller: 'By the caller',
  model: 'By the model’s price',
  usage_name: 'By the price of its units',
  unpriced: 'No price was found',
};

export function pricedWords({ pricedBy }: Pick<KeyEvent, 'pricedBy'>): string {
  return PRICED[pricedBy];
}
