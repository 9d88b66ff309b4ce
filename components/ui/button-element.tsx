'use client';

import type { ButtonHTMLAttributes, MouseEvent, Ref } from 'react';
import { Tooltip } from './tooltip';

type ButtonElementProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  isWorking: boolean;
  disabledReason: string | null | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
};

/**
 * A button that can't be used keeps its place in the tab order and the focus: it can be read, says why, and does nothing.
 * Preventing the click also stops Enter in a field from submitting.
 */
export function ButtonElement({ isWorking, disabledReason, onClick, children, ...rest }: ButtonElementProps) {
  const isBlocked = isWorking || Boolean(disabledReason);
  const button = (
    <button
      type="button"
      {...rest}
      aria-disabled={isBlocked || undefined}
      aria-busy={isWorking || undefined}
      onClick={isBlocked ? preventClick : onClick}
    >
      {children}
    </button>
  );
  return disabledReason ? <Tooltip text={disabledReason}>{button}</Tooltip> : button;
}

function preventClick(event: MouseEvent) {
  event.preventDefault();
}
