'use client';

import { TextField } from '@/components/ui/text-field';
import { useToast } from '@/components/ui/toast';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { PageForm } from '../../../page-form';
import { useForm } from '../../../use-form';

type NameFormProps = {
  action: (previous: ActionState<null>, form: FormData) => Promise<ActionState<null>>;
  name: string;
};

export function NameForm({ action, name }: NameFormProps) {
  const form = useForm(action);
  const { show } = useToast();
  return (
    <PageForm
      form={{ ...form, run: (data) => form.run(data, () => show({ title: 'Name saved' })) }}
      submitLabel="Save name"
    >
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={name}
        help="Others see it in lists of members and users."
        error={fieldError(form.state, 'name')}
      />
    </PageForm>
  );
}
