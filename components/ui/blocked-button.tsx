'use client';

import type { ButtonHTMLAttributes, Ref } from 'react';
import { Tooltip } from './tooltip';

type BlockedButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  reason: string;
  ref?: Ref<HTMLButtonElement> | undefined;
};

/** A button that can be focused and read, says why it is blocked, and does nothing when pressed. */
export function BlockedButton({ reason, onClick: _ignored, children, ...rest }: BlockedButtonProps) {
  return (
    <Tooltip text={reason}>
      <button {...rest} type="button" aria-disabled="true" onClick={(event) => event.preventDefault()}>
        {children}
      </button>
    </Tooltip>
  );
}
