const typing =
  'input:not([type="checkbox"],[type="radio"]),textarea,select,[contenteditable="true"],[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"]';

/** Single-key shortcuts are off while typing, in a menu and in a dialog, also when one is open elsewhere. */
export function isShortcutOff(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return true;
  if (event.target instanceof Element && event.target.closest(typing)) return true;
  return document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null;
}
