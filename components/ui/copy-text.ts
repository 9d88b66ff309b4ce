/**
 * Puts text on the clipboard and says whether that worked. The clipboard API exists only on https and localhost, and a
 * self-hosted server often is neither, so the old command is the fallback.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // The permission may be denied; the old command may still be allowed.
    }
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const previous = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.style.cssText = 'position:fixed;inset:0 auto auto 0;opacity:0';
  // Inside an open dialog the focus trap would take the focus back from an element outside of it.
  (previous?.closest('[role="dialog"],[role="alertdialog"]') ?? document.body).append(area);
  area.select();
  let isCopied = false;
  try {
    isCopied = document.execCommand('copy');
  } catch {
    isCopied = false;
  }
  area.remove();
  if (previous instanceof HTMLElement) previous.focus();
  return isCopied;
}
