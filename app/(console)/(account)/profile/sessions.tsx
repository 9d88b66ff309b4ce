'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import { useCommand } from '../../[workspace]/keys/use-command';
import { endAllSessionsAction, endOtherSessionsAction } from './actions';

/** Sessions are not kept one by one: they end together, by an epoch that each carries. */
export function Sessions() {
  const [isAsked, setIsAsked] = useState(false);
  const { show } = useToast();
  const others = useCommand(endOtherSessionsAction);
  const all = useCommand(endAllSessionsAction);
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-fg-2">
        A session lasts two weeks. A lost laptop, or a browser that others use: end them all, and sign in again where
        you are.
      </p>
      <Button
        isWorking={others.isPending}
        onClick={() =>
          others.run(new FormData(), () =>
            show({ title: 'Signed out everywhere else', description: 'Only this browser is still signed in.' }),
          )
        }
      >
        Sign out everywhere else
      </Button>
      {formError(others.state) && <p className="text-xs text-danger-fg">{formError(others.state)}</p>}
      <Button
        variant="danger-outline"
        icon={<LogOut size={15} strokeWidth={1.75} aria-hidden="true" />}
        onClick={() => setIsAsked(true)}
      >
        Sign out everywhere
      </Button>
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
