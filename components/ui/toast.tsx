'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { Toast as RadixToast } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { IconButton } from './icon-button';
import { ToastAction, type ToastActionText } from './toast-action';

export type ToastTone = 'ok' | 'danger' | 'warn' | 'info';

export type ToastText = {
  tone?: ToastTone | undefined;
  title: string;
  description?: string | undefined;
  action?: ToastActionText | undefined;
};

type Toasts = { show: (toast: ToastText) => string; dismiss: (id: string) => void };

const ToastContext = createContext<Toasts | null>(null);

const shownMs = 6_000;
/** Three fit above each other; the oldest gives way. */
const toastsMax = 3;

const looks = {
  ok: { Icon: CircleCheck, className: 'text-ok' },
  danger: { Icon: CircleAlert, className: 'text-danger' },
  warn: { Icon: TriangleAlert, className: 'text-warn' },
  info: { Icon: Info, className: 'text-info' },
};

/** Says what was done. Never for form errors, which stay beside their field, and never with a secret. */
export function useToast(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error('useToast needs a ToastProvider above it.');
  return toasts;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ReadonlyArray<ToastText & { id: string }>>([]);
  const dismiss = useCallback((id: string) => setShown((before) => before.filter((toast) => toast.id !== id)), []);
  const show = useCallback((toast: ToastText) => {
    nextId += 1;
    const id = `toast-${nextId}`;
    setShown((before) => [...before, { ...toast, id }].slice(-toastsMax));
    return id;
  }, []);
  const toasts = useMemo(() => ({ show, dismiss }), [show, dismiss]);
  return (
    <ToastContext value={toasts}>
      <RadixToast.Provider duration={shownMs} swipeDirection="right" label="Message">
        {children}
        {shown.map((toast) => (
          <ToastItem key={toast.id} toast={toast} onClose={() => dismiss(toast.id)} />
        ))}
        <RadixToast.Viewport className="toasts flex flex-col gap-2 outline-none" />
      </RadixToast.Provider>
    </ToastContext>
  );
}

let nextId = 0;

function ToastItem({ toast, onClose }: { toast: ToastText; onClose: () => void }) {
  const tone = toast.tone ?? 'ok';
  const { Icon, className } = looks[tone];
  const isError = tone === 'danger';
  return (
    <RadixToast.Root
      type={isError ? 'foreground' : 'background'}
      duration={isError ? Number.POSITIVE_INFINITY : shownMs}
      onOpenChange={(open) => !open && onClose()}
      className="toast flex items-start gap-2.5 rounded-lg bg-overlay py-[11px] pr-3 pl-3.5 shadow-popover forced-colors:border"
    >
      <Icon size={16} strokeWidth={1.75} className={`mt-0.5 flex-none ${className}`} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <RadixToast.Title className="font-medium">{toast.title}</RadixToast.Title>
        {toast.description && (
          <RadixToast.Description className="text-xs text-fg-2">{toast.description}</RadixToast.Description>
        )}
      </div>
      {toast.action && <ToastAction action={toast.action} />}
      {(isError || !toast.action) && (
        <RadixToast.Close asChild>
          <IconButton
            label="Close"
            hasTooltip={false}
            icon={<X size={14} strokeWidth={1.9} aria-hidden="true" />}
            className="-my-1 -mr-1.5"
          />
        </RadixToast.Close>
      )}
    </RadixToast.Root>
  );
}
