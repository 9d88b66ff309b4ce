'use client';

import { useEffect } from 'react';

declare global {
  interface Window {
    noteEarlyClick?: (event: Event) => void;
    earlyClick?: { readonly button: HTMLButtonElement; readonly at: number } | null;
  }
}

/** Whoever clicked longer ago has gone on to something else. */
const MILLISECONDS_MAX = 10_000;

/** Takes up the last click that came before the page was alive. Put it once, around no page in particular. */
export function EarlyClick() {
  useEffect(() => {
    const { noteEarlyClick, earlyClick } = window;
    if (!noteEarlyClick) return;
    removeEventListener('click', noteEarlyClick, true);
    delete window.noteEarlyClick;
    delete window.earlyClick;
    if (earlyClick) takeUp(earlyClick.button, earlyClick.at + MILLISECONDS_MAX);
  }, []);
  return null;
}

/** A part of the page that came later comes alive later. */
function takeUp(button: HTMLButtonElement, until: number): void {
  if (!button.isConnected || performance.now() > until) return;
  if (!isAlive(button)) {
    requestAnimationFrame(() => takeUp(button, until));
    return;
  }
  button.focus();
  // Menus open as soon as the pointer is down; whatever waits for a click leaves that alone.
  const pointer = { bubbles: true, cancelable: true, button: 0, pointerType: 'mouse' };
  button.dispatchEvent(new PointerEvent('pointerdown', pointer));
  button.dispatchEvent(new PointerEvent('pointerup', pointer));
  button.click();
}

/** React leaves the properties of an element on it once it answers its events; nothing public tells that. */
function isAlive(element: Element): boolean {
  return Object.keys(element).some((name) => name.startsWith('__reactProps$'));
}
