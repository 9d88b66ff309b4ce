import { formatPlural } from '@/components/format/text';
import type { ToastText } from '@/components/ui/toast';
import type { UndoSkipReason } from '@/lib/keys/key-change';

/** How undoing ended. */
export interface UndoOutcome {
  /** Keys that are as they were. */
  readonly undone: number;
  readonly skipped: Readonly<Partial<Record<UndoSkipReason, number>>>;
  /** Why not all were looked at. NULL: all were. */
  readonly error: string | null;
}

/** The message after undoing. `name`: of the one key that it was about; NULL: many. */
export function undoneWords({ undone, skipped, error }: UndoOutcome, name: string | null): ToastText {
  const { changed_since: changed = 0, gone = 0 } = skipped;
  if (name !== null) {
    const reason = error ?? (gone > 0 ? GONE : changed > 0 ? CHANGED : null);
    return reason === null
      ? { title: `${name} is as it was` }
      : { tone: 'danger', title: `The change of ${name} is not undone`, description: reason };
  }
  const left = [
    ...(changed > 0 ? [`${formatPlural(changed, 'key')} left: changed again by somebody meanwhile.`] : []),
    ...(gone > 0 ? [`${formatPlural(gone, 'key')} left: deleted meanwhile.`] : []),
  ].join(' ');
  if (error !== null) return { tone: 'danger', title: 'Not everything is undone', description: error };
  if (undone === 0) return { tone: 'danger', title: 'Nothing is undone', description: left };
  return {
    title: `${formatPlural(undone, 'key')} ${undone === 1 ? 'is as it was' : 'are as they were'}`,
    ...(left === '' ? {} : { tone: 'warn', description: left }),
  };
}

const CHANGED = 'The key was changed again since, so it stays as it is now. Look at it, and change it by hand.';
const GONE = 'Somebody deleted the key.';
