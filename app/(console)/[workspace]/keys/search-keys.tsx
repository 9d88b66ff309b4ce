'use client';

import { SearchBox } from '../search-box';
import { useKeysPlace } from './keys-place';
import { type KeyListParams, listHref, listQuery } from './list-params';
import { maskSecretsIn } from './revealed-secret';

/** A pasted secret is searched by its hint: addresses end up in histories and logs. */
export function SearchKeys({ params }: { params: KeyListParams }) {
  const { slug } = useKeysPlace();
  return (
    <SearchBox
      label="Name, owner or secret hint"
      search={params.search}
      path={`/${slug}/keys`}
      others={[...new URLSearchParams(listQuery({ ...params, search: '' }))]}
      hrefOf={(search) => listHref(slug, params, { search })}
      mask={maskSecretsIn}
    />
  );
}
