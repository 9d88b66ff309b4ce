import { useSyncExternalStore } from 'react';

const noChange = () => () => {};

/** Whether scripts run: false on the server and until the page has come alive. For a part that needs them, with another for who has none. */
export function useIsScripted(): boolean {
  return useSyncExternalStore(
    noChange,
    () => true,
    () => false,
  );
}
