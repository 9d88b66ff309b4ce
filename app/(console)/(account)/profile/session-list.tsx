'use client';

import { Monitor, Smartphone } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { formatRelativeTime } from '@/components/format/relative-time';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import type { SessionSummary } from '@/lib/users/contract';
import { formOf } from '../../../use-command';
import { useForm } from '../../../use-form';
import { endSessionAction } from './actions';

/** As many as a person has browsers; the others are a click away. */
const SESSIONS_SHOWN = 8;

type SessionListProps = {
  sessions: readonly SessionSummary[];
  /** The reader's own one. */
  ownId: string;
  now: Date;
  /** Takes the focus when the row that had it is gone. */
  focusAfter: RefObject<HTMLElement | null>;
};

/** The sessions that live, this browser's first; each other one can be ended alone. */
export function SessionList({ sessions, ownId, now, focusAfter }: SessionListProps) {
  const ordered = [...sessions.filter(({ id }) => id === ownId), ...sessions.filter(({ id }) => id !== ownId)];
  const rowsOf = (part: readonly SessionSummary[]) => (
    <ul className="divide-y divide-line">
      {part.map((session) => (
        <SessionRow key={session.id} session={session} isOwn={session.id === ownId} now={now} focusAfter={focusAfter} />
      ))}
    </ul>
  );
  const more = ordered.length - SESSIONS_SHOWN;
  return (
    <div className="border-y border-line">
      {rowsOf(ordered.slice(0, SESSIONS_SHOWN))}
      {more > 0 && (
        <details className="group border-t border-line">
          <summary className="list-none py-2.5 font-medium text-accent-fg group-open:border-b group-open:border-line hover:underline [&::-webkit-details-marker]:hidden">
            {more} more
          </summary>
          {rowsOf(ordered.slice(SESSIONS_SHOWN))}
        </details>
      )}
    </div>
  );
}

type SessionRowProps = Pick<SessionListProps, 'now' | 'focusAfter'> & { session: SessionSummary; isOwn: boolean };

function SessionRow({ session, isOwn, now, focusAfter }: SessionRowProps) {
  const { device, clientAddress, createdAt, lastSeenAt } = session;
  const Icon = /iPhone|Android/.test(device) ? Smartphone : Monitor;
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <Icon size={18} strokeWidth={1.6} aria-hidden="true" className="flex-none text-fg-3" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{device}</span>
          {isOwn && <Chip tone="info">This session</Chip>}
        </div>
        <div className="flex flex-wrap gap-x-1.5 text-xs text-fg-3">
          <span>
            Signed in <Time at={createdAt} now={now} className="lowercase" />
            {clientAddress && (
              <>
                {' '}
                from <span className="wrap-anywhere text-fg-2">{clientAddress}</span>
              </>
            )}
          </span>
          {!isOwn && (
            <span>
              <span aria-hidden="true" className="max-md:hidden">
                ·{' '}
              </span>
              Last seen <Time at={lastSeenAt} now={now} className="lowercase" />
            </span>
          )}
        </div>
      </div>
      {!isOwn && <EndSession session={session} now={now} focusAfter={focusAfter} />}
    </li>
  );
}

/** Asks first where scripts run; else the form is sent as it is. */
function EndSession({ session, now, focusAfter }: Omit<SessionRowProps, 'isOwn'>) {
  const [isAsked, setIsAsked] = useState(false);
  const { state, isPending, run, post } = useForm(endSessionAction);
  const { show } = useToast();
  const { id, device, clientAddress, lastSeenAt } = session;
  const isEnded = useRef(false);
  useEffect(
    () => () => {
      // Once the dialog is gone with its row, which would take the focus back.
      if (isEnded.current) requestAnimationFrame(() => focusAfter.current?.focus());
    },
    [focusAfter],
  );
  return (
    <form
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        setIsAsked(true);
      }}
      className="flex flex-none flex-col items-end gap-1"
    >
      <input type="hidden" name="id" value={id} />
      <Button type="submit" size="sm" isWorking={isPending && !isAsked} aria-label={`Sign out ${device}`}>
        Sign out
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        title={`Sign out ${device}`}
        confirmLabel="Sign out"
        pending={isPending}
        submitError={formError(state)}
        onConfirm={() =>
          run(formOf({ id }), () => {
            setIsAsked(false);
            show({ title: `${device} is signed out` });
            isEnded.current = true;
          })
        }
      >
        That browser{clientAddress ? ` at ${clientAddress}` : ''}, last seen{' '}
        {formatRelativeTime(lastSeenAt, now).toLowerCase()}, is signed out with its next request. The others stay.
      </ConfirmDialog>
    </form>
  );
}
