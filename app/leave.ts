'use client';

/** Ends this browser's session and loads the sign-in page whole, so that nothing of the session stays in memory. */
export async function leave(): Promise<void> {
  await endSession();
  try {
    sessionStorage.clear();
  } catch {
    // A storage that is forbidden holds nothing.
  }
  window.location.assign('/sign-in');
}

/** As the client of next-auth does it, which every page would have to load for this alone. */
async function endSession(): Promise<void> {
  const { csrfToken } = await (await fetch('/api/auth/csrf')).json();
  await fetch('/api/auth/signout', { method: 'POST', body: new URLSearchParams({ csrfToken, json: 'true' }) });
}
