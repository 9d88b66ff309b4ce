'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { useShortcut } from '@/components/ui/use-shortcut';

const TYPING_PAUSE_MILLISECONDS = 250;

type SearchBoxProps = {
  label: string;
  /** What the address says now. */
  search: string;
  /** Where the list is, without a query. */
  path: string;
  /** The other choices of the address, which a search keeps; the page is not among them. */
  others: ReadonlyArray<readonly [name: string, value: string]>;
  /** The list's address with another search, where it is more than the others and the search. */
  hrefOf?: ((search: string) => string) | undefined;
  /** What of a typed text may stand in the field and in the address. */
  mask?: ((typed: string) => string) | undefined;
};

/** Searches a list while typing, by its address; Enter searches at once. Without scripts it is a form that asks for the same. */
export function SearchBox({ label, search, path, others, hrefOf, mask }: SearchBoxProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useShortcut('/', () => input.current?.select());
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The address changed by a link or by Back; while somebody types, the field leads and the address follows.
    if (input.current && document.activeElement !== input.current) input.current.value = search;
  }, [search]);

  function searchFor(typed: string) {
    clearTimeout(timer.current);
    const next = typed.trim();
    if (next === search) return;
    startTransition(() => router.replace(hrefOf?.(next) ?? plainHref(path, others, next), { scroll: false }));
  }
  function onType(field: HTMLInputElement) {
    const masked = mask?.(field.value) ?? field.value;
    if (masked !== field.value) field.value = masked;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => searchFor(field.value), TYPING_PAUSE_MILLISECONDS);
  }
  return (
    <form
      action={path}
      aria-busy={isPending}
      className="w-[264px] max-md:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        if (input.current) searchFor(input.current.value);
      }}
    >
      <SearchField
        ref={input}
        label={label}
        name="q"
        defaultValue={search}
        maxLength={200}
        shortcut="/"
        onChange={(event) => onType(event.target)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      {others.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </form>
  );
}

function plainHref(path: string, others: SearchBoxProps['others'], search: string): string {
  const query = new URLSearchParams([
    ...others.map(([name, value]) => [name, value]),
    ...(search ? [['q', search]] : []),
  ]);
  return query.size > 0 ? `${path}?${query}` : path;
}
