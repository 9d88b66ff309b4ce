'use client';

import { LogOut } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import type { SessionSummary } from '@/lib/users/contract';
import { useForm } from '../../../use-form';
import { endAllSessionsAction, endOtherSessionsAction } from './actions';
import { SessionList } from './session-list';

type SessionsProps = { sessions: readonly SessionSummary[]; ownId: string; now: Date };

/** The sessions one by one, and the ways to end them together. */
export function Sessions({ sessions, ownId, now }: SessionsProps) {
  const [isAsked, setIsAsked] = useState(false);
  const { show } = useToast();
  const others = useForm(endOtherSessionsAction);
  const all = useForm(endAllSessionsAction);
  const endOthers = useRef<HTMLButtonElement>(null);
  return (
    <div className="flex flex-col gap-4">
      <SessionList sessions={sessions} ownId={ownId} now={now} focusAfter={endOthers} />
      <p className="max-w-[64ch] text-fg-2">
        A session lasts two weeks. A lost laptop, or a browser that others use: end its session, or all of them, and
        sign in again where you are.
      </p>
      <div className="flex flex-wrap gap-2">
        <form
          action={others.post}
          onSubmit={(event) => {
            event.preventDefault();
            others.run(new FormData(), () =>
              show({ title: 'Signed out everywhere else', description: 'Only this browser is still signed in.' }),
            );
          }}
        >
          <Button ref={endOthers} type="submit" isWorking={others.isPending}>
            Sign out everywhere else
          </Button>
        </form>
        <form
          action={all.post}
          onSubmit={(event) => {
            event.preventDefault();
            setIsAsked(true);
          }}
        >
          <Button
            type="submit"
            variant="danger-outline"
            icon={<LogOut size={15} strokeWidth={1.75} aria-hidden="true" />}
          >
            Sign out everywhere
          </Button>
        </form>
      </div>
      {formError(others.state) && <p className="text-xs text-danger-fg">{formError(others.state)}</p>}
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        title="Sign out everywhere"
        confirmLabel="Sign out"
        pending={all.isPending}
        submitError={formError(all.state)}
        onConfirm={() => all.run(new FormData(), () => window.location.assign('/sign-in'))}
      >
        Every browser, this one too, is signed out with its next request. Keys and management keys go on working.
      </ConfirmDialog>
    </div>
  );
}
