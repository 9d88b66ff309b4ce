'use client';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type FormEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { formatPlural } from '@/components/format/text';
import { Note } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogFooter } from '@/components/ui/dialog';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { type ToastText, useToast } from '@/components/ui/toast';
import type { ToastActionText } from '@/components/ui/toast-action';
import { type ActionState, fieldError, formError, idle } from '@/lib/entry/action-state';
import type { ChangePreview } from '@/lib/keys/contract';
import { BulkFields, type BulkInput, changeFieldsOf, kindOf, missingInput, NO_INPUT } from './bulk-fields';
import {
  type BulkVerb,
  bulkDone,
  bulkEffect,
  bulkTitle,
  type ChangeKind,
  listNames,
  skippedSummary,
  skippedWords,
} from './bulk-words';
import { useKeysPlace } from './keys-place';
import { type BulkOutcome, type BulkTarget, useBulkChange } from './use-bulk-change';
import { useUndo } from './use-undo';

type BulkDialogProps = {
  verb: BulkVerb;
  target: BulkTarget;
  /** How many are chosen. */
  count: number;
  onClose: () => void;
  /** Some keys were changed. */
  onChanged: () => void;
};

const TYPING_PAUSE_MILLISECONDS = 300;

/** A dry run first: which keys change, which do not and why; then the change, with a way back where there is one. */
export function BulkDialog({ verb, target, count, onClose, onChanged }: BulkDialogProps) {
  const { preview, run, done, stop } = useBulkChange();
  const { show } = useToast();
  const { undoOf } = useUndo(useKeysPlace().slug);
  const [input, setInput] = useState<BulkInput>(NO_INPUT);
  const [looked, setLooked] = useState<ActionState<ChangePreview>>(idle);
  const [failure, setFailure] = useState<string | null>(null);
  const [confirmation, setConfirmation] = useState('');
  const [isTyping, setIsTyping] = useState(false);
  const asked = useRef(0);
  const kind = kindOf(verb, input);
  const fields = changeFieldsOf(verb, input);
  const found = looked.status === 'ok' ? looked.value : null;
  const phrase = found && kind === 'delete' ? formatPlural(found.changed, 'key') : null;

  const look = useEffectEvent(async (turn: number) => {
    const state = await preview(target, fields);
    // An answer to what was typed before is of no interest any more.
    if (turn === asked.current) setLooked(state);
  });
  const typed = JSON.stringify(fields);
  const missing = missingInput(verb, input);
  const isReady = missing === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed, as text, decides when to look again.
  useEffect(() => {
    asked.current += 1;
    const turn = asked.current;
    setLooked(idle);
    if (!isReady) return;
    const timer = setTimeout(() => void look(turn), asksForInput(verb) ? TYPING_PAUSE_MILLISECONDS : 0);
    return () => clearTimeout(timer);
  }, [typed, isReady]);

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (found === null || blockedBy !== null || done !== null) return;
    setFailure(null);
    const outcome = await run(target, fields, target.kind === 'list' ? found.readAt : null);
    if (outcome.changedCount > 0) onChanged();
    if (outcome.error !== null) {
      setFailure(
        outcome.changedCount > 0 ? `${bulkDone(kind, outcome.changedCount)}, then: ${outcome.error}` : outcome.error,
      );
      return;
    }
    show(messageOf(kind, outcome, undoOf(outcome.changed, null)));
    onClose();
  }

  const blockedBy =
    missing ??
    (looked.status === 'error' ? 'See above what is wrong' : null) ??
    (found === null ? 'Wait until it is known what would change' : null) ??
    (found?.changed === 0 ? 'No key would change' : null) ??
    (phrase !== null && confirmation.trim() !== phrase ? `Type ${phrase} first` : null);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && done === null && onClose()}
      title={bulkTitle(kind, found?.changed ?? count)}
      description={bulkEffect(kind)}
      size="sm"
      isLocked={done !== null}
      hasUnsavedInput={asksForInput(verb) && isReady}
    >
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => void confirm(event)}
        onInput={() => setIsTyping(true)}
        onBlur={() => setIsTyping(false)}
      >
        <DialogBody>
          <BulkFields
            verb={verb}
            input={input}
            onChange={setInput}
            errorOf={(field) => (isTyping ? null : fieldError(looked, field))}
          />
          {done === null ? (
            <DryRun found={found} isWaiting={isReady && looked.status === 'idle'} error={formError(looked)} />
          ) : (
            <Progress
              label="Working"
              done={done}
              total={found?.changed ?? count}
              detail={`${done.toLocaleString('en-US')} of ${formatPlural(found?.changed ?? count, 'key')}`}
            />
          )}
          {phrase !== null && found !== null && found.changed > 0 && done === null && (
            <TypeToConfirm phrase={phrase} value={confirmation} onChange={setConfirmation} />
          )}
          {failure !== null && (
            <Note
              tone="danger"
              isAlert
              icon={<CircleAlert size={16} strokeWidth={1.75} aria-hidden="true" />}
              title="Not finished."
            >
              {failure}
            </Note>
          )}
        </DialogBody>
        <DialogFooter>
          {done === null ? <Button onClick={onClose}>Cancel</Button> : <Button onClick={stop}>Stop</Button>}
          <Button
            type="submit"
            variant={kind === 'disable' || kind === 'delete' ? 'danger' : 'primary'}
            isWorking={done !== null}
            disabledReason={blockedBy}
          >
            {bulkTitle(kind, found?.changed ?? count)}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

function asksForInput(verb: BulkVerb): boolean {
  return verb === 'set_limit' || verb === 'tag';
}

function messageOf(kind: ChangeKind, outcome: BulkOutcome, undo: ToastActionText): ToastText {
  const stopped = outcome.isStopped ? 'Stopped before the rest. ' : '';
  const description = `${stopped}${skippedSummary(outcome.skipped) ?? ''}`.trim();
  const canUndo = kind !== 'delete' && outcome.changedCount > 0;
  return {
    title: bulkDone(kind, outcome.changedCount),
    ...(description === '' ? {} : { description }),
    ...(canUndo ? { action: undo } : {}),
  };
}

/** Which keys change, which do not and why. */
function DryRun({
  found,
  isWaiting,
  error,
}: {
  found: ChangePreview | null;
  isWaiting: boolean;
  error: string | null;
}) {
  if (error !== null) return <p className="text-danger-fg">{error}</p>;
  if (found === null) return isWaiting ? <Skeleton width={280} height={20} /> : null;
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      <p>
        <b className="font-medium">
          {found.changed === 0
            ? 'No key changes'
            : `${formatPlural(found.changed, 'key')} change${found.changed === 1 ? 's' : ''}`}
        </b>
        {found.changed > 0 && <span className="text-fg-2">: {listNames(found.changedNames, found.changed)}.</span>}
      </p>
      {found.skipped.map(({ reason, keys, names }) => (
        <p key={reason} className="text-fg-2">
          {skippedWords(reason, keys)}
          {names.length > 0 ? `: ${listNames(names, keys)}.` : '.'}
        </p>
      ))}
      {found.refusing > 0 && (
        <Note
          tone="warn"
          icon={<TriangleAlert size={16} strokeWidth={1.75} aria-hidden="true" />}
          title={`${formatPlural(found.refusing, 'key')} would refuse requests at once.`}
        >
          Nothing would be left of the limit of {listNames(found.refusingNames, found.refusing)}.
        </Note>
      )}
    </div>
  );
}

function TypeToConfirm({
  phrase,
  value,
  onChange,
}: {
  phrase: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-xs font-medium text-fg-2">
        Type <b className="text-fg">{phrase}</b> to confirm
      </label>
      <span className="control-box">
        <input
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      </span>
    </div>
  );
}
