const fields =
  '[autofocus],.dialog-body :is(input:not([type="hidden"],:disabled),select:not(:disabled),textarea:not(:disabled))';
const buttons = '.dialog-footer button:not(:disabled,[aria-disabled="true"])';

/**
 * When a dialog opens: the given element, else the first field, else the first button of the footer takes the focus, and
 * not the Close button in the header. In a group of radio buttons the checked one does.
 */
export function focusFirst(event: Event, preferred?: HTMLElement | null) {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  const first = preferred ?? content.querySelector<HTMLElement>(fields) ?? content.querySelector<HTMLElement>(buttons);
  if (!first) return;
  event.preventDefault();
  const isRadio = first instanceof HTMLInputElement && first.type === 'radio';
  const group = isRadio ? first.closest('[role="radiogroup"],[role="group"]') : null;
  (group?.querySelector<HTMLElement>('input:checked') ?? first).focus();
}
