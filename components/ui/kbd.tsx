import type { ReactNode } from 'react';
import { joinClasses } from './class-names';

/** A key to press. On ink (the primary button) and on the dark bar it takes the colour of the text around it. */
export function Kbd({ children, isOnInk = false }: { children: ReactNode; isOnInk?: boolean }) {
  return (
    <kbd
      className={joinClasses(
        'inline-grid h-[18px] min-w-[18px] place-items-center rounded-xs border px-1 font-sans text-2xs font-normal',
        isOnInk ? 'border-current/35 text-current/80' : 'border-line-strong bg-surface text-fg-3',
      )}
    >
      {children}
    </kbd>
  );
}
