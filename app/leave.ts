'use client';

import { signOut } from 'next-auth/react';

/** Ends this browser's session and loads the sign-in page whole, so that nothing of the session stays in memory. */
export async function leave(): Promise<void> {
  await signOut({ redirect: false });
  try {
    sessionStorage.clear();
  } catch {
    // A storage that is forbidden holds nothing.
  }
  window.location.assign('/sign-in');
}
