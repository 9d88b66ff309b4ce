'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';
import { SearchField } from '@/components/ui/search-field';
import { useShortcut } from '@/components/ui/use-shortcut';
import { useKeysPlace } from './keys-place';
import { type KeyListParams, listHref, listQuery } from './list-params';
import { maskSecretsIn } from './revealed-secret';

const TYPING_PAUSE_MILLISECONDS = 250;

/** Searches while typing; Enter searches at once. Without scripts it is a form that asks for the same address. */
export function SearchKeys({ params }: { params: KeyListParams }) {
  const { slug } = useKeysPlace();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useShortcut('/', () => input.current?.select());
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The address changed by a link or by Back; while somebody types, the field leads and the address follows.
    if (input.current && document.activeElement !== input.current) input.current.value = params.search;
  }, [params.search]);

  function search(typed: string) {
    clearTimeout(timer.current);
    const next = typed.trim();
    if (next === params.search) return;
    startTransition(() => router.replace(listHref(slug, params, { search: next }), { scroll: false }));
  }
  function onType(field: HTMLInputElement) {
    // A pasted secret is searched by its hint: addresses end up in histories and logs.
    const masked = maskSecretsIn(field.value);
    if (masked !== field.value) field.value = masked;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(field.value), TYPING_PAUSE_MILLISECONDS);
  }
  const others = [...new URLSearchParams(listQuery({ ...params, search: '' }))];
  return (
    <form
      action={`/${slug}/keys`}
      aria-busy={isPending}
      className="w-[264px] max-md:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        if (input.current) search(input.current.value);
      }}
    >
      <SearchField
        ref={input}
        label="Name, owner or secret hint"
        name="q"
        defaultValue={params.search}
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
