'use client';

import { Check, Copy, TriangleAlert } from 'lucide-react';
import { Button } from './button';
import type { ButtonSize, ButtonVariant } from './button-style';
import { IconButton } from './icon-button';
import { type CopyState, useCopy } from './use-copy';

const icons = { idle: Copy, copied: Check, failed: TriangleAlert };

function say(state: CopyState, idle: string): string {
  if (state === 'copied') return 'Copied';
  return state === 'failed' ? 'Select the text and copy it by hand' : idle;
}

type CopyButtonProps = {
  text: string;
  label: string;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  isIconOnly?: boolean | undefined;
};

export function CopyButton({ text, label, variant = 'ghost', size = 'sm', isIconOnly = false }: CopyButtonProps) {
  const { state, copy } = useCopy();
  const Icon = icons[state];
  const message = say(state, label);
  return (
    <>
      {isIconOnly ? (
        <IconButton
          label={message}
          icon={<Icon size={14} strokeWidth={1.9} aria-hidden="true" />}
          variant={variant}
          size={size}
          onClick={() => void copy(text)}
        />
      ) : (
        <Button
          variant={variant}
          size={size}
          icon={<Icon size={14} strokeWidth={1.9} aria-hidden="true" />}
          onClick={() => void copy(text)}
        >
          {message}
        </Button>
      )}
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : message}
      </span>
    </>
  );
}
