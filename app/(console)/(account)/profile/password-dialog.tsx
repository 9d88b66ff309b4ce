'use client';

import { Dialog } from '@/components/ui/dialog';
import { FormShell } from '@/components/ui/form-shell';
import { PasswordField } from '@/components/ui/password-field';
import { type ActionState, fieldError, formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';

type PasswordDialogProps<Value> = {
  title: string;
  description: string;
  confirmLabel: string;
  isDanger?: boolean;
  action: (previous: ActionState<Value>, form: FormData) => Promise<ActionState<Value>>;
  onDone: (value: Value) => void;
  onClose: () => void;
};

/** Asks for the password before something that an open browser alone must not do. */
export function PasswordDialog<Value>(props: PasswordDialogProps<Value>) {
  const { title, description, confirmLabel, isDanger, action, onDone, onClose } = props;
  const { state, isPending, run } = useCommand(action);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} title={title} description={description} size="sm">
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          run(new FormData(event.currentTarget), onDone);
        }}
        pending={isPending}
        submitError={formError(state)}
        submitLabel={confirmLabel}
        isDanger={isDanger}
        onCancel={onClose}
      >
        <PasswordField
          label="Your password"
          name="password"
          autoComplete="current-password"
          error={fieldError(state, 'password')}
        />
      </FormShell>
    </Dialog>
  );
}
