import type { ReactNode } from 'react';
import { joinClasses } from './class-names';

export type NoteTone = 'neutral' | 'info' | 'ok' | 'warn' | 'danger';

const tones: Record<NoteTone, string> = {
  neutral: 'border-line bg-sunken text-fg-2',
  info: 'border-info-line bg-info-soft text-info-fg',
  ok: 'border-ok-line bg-ok-soft text-ok-fg',
  warn: 'border-warn-line bg-warn-soft text-warn-fg',
  danger: 'border-danger-line bg-danger-soft text-danger-fg',
};

type NoteProps = {
  tone?: NoteTone | undefined;
  icon?: ReactNode;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  isAlert?: boolean | undefined;
};

/** A remark inside a panel or a form. `isAlert` is read out at once: use it for a save that failed. */
export function Note({ tone = 'neutral', icon, title, children, action, isAlert }: NoteProps) {
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      className={joinClasses(
        'flex gap-2.5 rounded-md border px-3 py-2.5 text-sm leading-[18px] [&>svg]:mt-px [&>svg]:flex-none',
        tones[tone],
      )}
    >
      {icon}
      <div className="min-w-0 flex-1 text-pretty">
        {title && <b>{title}</b>} {children}
      </div>
      {action}
    </div>
  );
}

/** The state of the whole page, under the top bar: what is degraded, and what is still safe. */
export function Banner({ tone = 'warn', icon, title, children, action }: NoteProps) {
  return (
    <div
      role="status"
      className={joinClasses(
        'flex items-start gap-2.5 border-b px-(--page-x) py-2.5 text-sm leading-[18px] [&>svg]:mt-px [&>svg]:flex-none',
        tones[tone],
      )}
    >
      {icon}
      <div className="min-w-0 flex-1 text-pretty">
        {title && <b>{title}</b>} {children}
      </div>
      {action && <div className="flex-none font-semibold underline underline-offset-3">{action}</div>}
    </div>
  );
}
