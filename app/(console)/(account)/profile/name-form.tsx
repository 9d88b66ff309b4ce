'use client';

import { FormShell } from '@/components/ui/form-shell';
import { TextField } from '@/components/ui/text-field';
import { useToast } from '@/components/ui/toast';
import { type ActionState, fieldError, formError } from '@/lib/entry/action-state';
import { useForm } from '../../../use-form';

type NameFormProps = {
  action: (previous: ActionState<null>, form: FormData) => Promise<ActionState<null>>;
  name: string;
};

export function NameForm({ action, name }: NameFormProps) {
  const { state, isPending, run, post } = useForm(action);
  const { show } = useToast();
  return (
    <FormShell
      layout="page"
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        run(new FormData(event.currentTarget), () => show({ title: 'Name saved' }));
      }}
      pending={isPending}
      submitError={formError(state)}
      submitLabel="Save name"
    >
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={name}
        help="Others see it in lists of members and users."
        error={fieldError(state, 'name')}
      />
    </FormShell>
  );
}
