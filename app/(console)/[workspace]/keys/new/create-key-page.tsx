'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { CreateKey } from '../create-key';
import { useKeysPlace } from '../keys-place';

/** The form on its own page: done or given up, it goes to the list. */
export function CreateKeyPage() {
  const { slug } = useKeysPlace();
  const router = useRouter();
  const [count, setCount] = useState(0);
  return (
    <CreateKey
      key={count}
      layout="page"
      onClose={() => router.push(`/${slug}/keys`)}
      onAnother={() => setCount(count + 1)}
    />
  );
}
