'use client';

import NextLink from 'next/link';
import { useRouter } from 'next/navigation';
import type { LinkProps } from '@/components/ui/link';

/**
 * The router's link, which fetches the frame of the page it leads to once somebody points at it or steps to it. Left to
 * itself the router fetches those of all links in sight, two requests each, and again after each change of the address
 * and each renewal of the figures: forty to sixty requests beside every page.
 */
export function RouterLink({ onMouseEnter, onTouchStart, onFocus, ...props }: LinkProps) {
  const router = useRouter();
  const prefetch = () => router.prefetch(props.href);
  return (
    <NextLink
      {...props}
      prefetch={false}
      onMouseEnter={(event) => {
        onMouseEnter?.(event);
        prefetch();
      }}
      onTouchStart={(event) => {
        onTouchStart?.(event);
        prefetch();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        // A click that gave the focus is on its way to the page itself.
        if (event.currentTarget.matches(':focus-visible')) prefetch();
      }}
    />
  );
}
