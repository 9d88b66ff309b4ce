'use client';

import { createContext, useContext } from 'react';

/** Fields as they were sent, by name; the brackets of a list are left out. */
export type SentFields = Readonly<Record<string, string | readonly string[]>>;

const Context = createContext<SentFields | null>(null);

/** Around the fields of a form that was posted and refused where no script runs: they begin with what was typed. */
export const SentFieldsProvider = Context.Provider;

/** Reads what was sent, for fields whose values the form keeps itself. NULL: no form was sent, or without this field. */
export function useSentText(): (name: string) => string | null {
  const sent = useContext(Context);
  return (name) => {
    const value = sent?.[name];
    return typeof value === 'string' ? value : null;
  };
}

/** What a field was sent as. NULL: no form was sent; a list, or a box, that was left empty is an empty list. */
export function useSentValues(name: string | undefined): readonly string[] | null {
  const sent = useContext(Context);
  if (sent === null || name === undefined) return null;
  const values = sent[name.replace(/\[\]$/, '')] ?? [];
  return typeof values === 'string' ? [values] : values;
}
