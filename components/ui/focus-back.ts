const floating = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]';

/** What last had the focus outside of all that floats: where a dialog, or the menu that led to it, was opened from. */
let last: HTMLElement | null = null;

function note(target: EventTarget | null) {
  if (target instanceof HTMLElement && target !== document.body && !target.closest(floating)) last = target;
}

if (typeof document !== 'undefined') {
  note(document.activeElement);
  document.addEventListener('focusin', ({ target }) => note(target));
}

/**
 * When a dialog closes: the focus goes back to where it was opened from, unless something has taken it. Radix knows that
 * place only for a trigger of its own, which dialogs that open from menus and shortcuts do not have.
 */
export function focusBack(event: Event) {
  event.preventDefault();
  if (document.activeElement === document.body && last?.isConnected) last.focus();
}
