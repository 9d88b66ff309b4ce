import { joinClasses } from './class-names';
import { Tooltip } from './tooltip';

/** ok and info: fine; near: act soon; act: act now; idle: not used; off: switched off. */
export type StatusTone = 'ok' | 'info' | 'near' | 'act' | 'idle' | 'off';

const looks: Record<StatusTone, { shape: 'dot' | 'diamond' | 'ring' | 'dash'; mark: string; word: string }> = {
  ok: { shape: 'dot', mark: 'text-ok', word: 'text-fg-2' },
  info: { shape: 'dot', mark: 'text-info', word: 'text-fg-2' },
  near: { shape: 'dot', mark: 'text-warn', word: 'text-warn-fg' },
  act: { shape: 'diamond', mark: 'text-danger', word: 'text-danger-fg' },
  idle: { shape: 'ring', mark: 'text-fg-3', word: 'text-fg-3' },
  off: { shape: 'dash', mark: 'text-fg-3', word: 'text-fg-3' },
};

/** Shape and word together, so that colour is never alone. `hint` says what to do and opens on hover and focus. */
export function Status({ tone, label, hint }: { tone: StatusTone; label: string; hint?: string | undefined }) {
  const look = looks[tone];
  const content = (
    <>
      <i aria-hidden="true" data-shape={look.shape} className={joinClasses('status-mark', look.mark)} />
      {label}
    </>
  );
  const className = joinClasses('inline-flex items-center gap-[7px] rounded-xs whitespace-nowrap', look.word);
  if (!hint) return <span className={className}>{content}</span>;
  return (
    <Tooltip text={hint}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hint must open for the keyboard too. */}
      <span className={className} tabIndex={0}>
        {content}
      </span>
    </Tooltip>
  );
}
