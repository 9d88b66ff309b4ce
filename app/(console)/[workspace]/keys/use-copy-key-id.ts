'use client';

import { copyText } from '@/components/ui/copy-text';
import { useToast } from '@/components/ui/toast';

/** Copies the id by which the API names a key, and says so. */
export function useCopyKeyId(): (key: { readonly hash: string; readonly name: string }) => Promise<void> {
  const { show } = useToast();
  return async ({ hash, name }) => {
    const isCopied = await copyText(hash);
    show(
      isCopied
        ? { title: 'Key id copied', description: `${hash.slice(0, 12)}… names ${name} in the API.` }
        : { tone: 'danger', title: 'This browser refused to copy', description: 'The key’s page shows its id.' },
    );
  };
}
