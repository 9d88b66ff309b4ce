import type { KeyboardEvent } from 'react';

/** Tab, or → at the end of what was typed. */
export function isStepIn({ key, shiftKey, currentTarget }: KeyboardEvent): boolean {
  if (key === 'Tab') return !shiftKey;
  return key === 'ArrowRight' && currentTarget instanceof HTMLInputElement && isCaretAt(currentTarget, 'end');
}

/** Shift and Tab, or Backspace or ← before anything that was typed. */
export function isStepBack({ key, shiftKey, currentTarget }: KeyboardEvent): boolean {
  if (key === 'Tab') return shiftKey;
  if (key !== 'Backspace' && key !== 'ArrowLeft') return false;
  return currentTarget instanceof HTMLInputElement && isCaretAt(currentTarget, 'start');
}

/** Whether the next key would find nothing more to do in the field. */
function isCaretAt({ value, selectionStart, selectionEnd }: HTMLInputElement, place: 'start' | 'end'): boolean {
  const at = place === 'start' ? 0 : value.length;
  return selectionStart === at && selectionEnd === at;
}
