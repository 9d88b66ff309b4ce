'use client';

import type { ReactNode } from 'react';
import { FormShell } from '@/components/ui/form-shell';
import { type ActionState, formError, sentFields } from '@/lib/entry/action-state';

type PageFormProps = {
  /** What `useForm` answers. */
  form: {
    readonly state: ActionState<unknown>;
    readonly isPending: boolean;
    readonly run: (form: FormData) => void;
    readonly post: (form: FormData) => void;
  };
  submitLabel: string;
  isDanger?: boolean;
  /** Where it leads given up. */
  cancelHref?: string;
  context?: ReactNode;
  children: ReactNode;
};

/** A form that stands on a page. It is sent by script and, where none runs, posts by itself. */
export function PageForm({ form: { state, isPending, run, post }, ...shell }: PageFormProps) {
  return (
    <FormShell
      {...shell}
      layout="page"
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        run(new FormData(event.currentTarget));
      }}
      pending={isPending}
      submitError={formError(state)}
      sent={sentFields(state)}
    />
  );
}
