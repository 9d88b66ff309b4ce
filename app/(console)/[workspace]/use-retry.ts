import { useRouter } from 'next/navigation';
import { startTransition } from 'react';

/** Reads a page anew that could not be made, and then shows it. */
export function useRetry(reset: () => void): () => void {
  const router = useRouter();
  return () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
}
