'use client';

import type { ReactNode } from 'react';
import { TextField } from '@/components/ui/text-field';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { PageForm } from './page-form';
import { useForm } from './use-form';

type ConfirmFormProps<Value> = {
  /** Bound by the server, so that a form that is posted without scripts finds its state again. */
  action: (previous: ActionState<Value>, form: FormData) => Promise<ActionState<Value>>;
  /** What it is about. */
  fields: Readonly<Record<string, string>>;
  submitLabel: string;
  isDanger?: boolean;
  /** The reader must type this name: the server compares it. */
  typeToConfirm?: string;
  /** Where it leads given up. */
  cancelHref?: string;
  context?: ReactNode;
  /** What stands in its place once it is done. Absent: the action leads on. */
  renderDone?: ((value: Value) => ReactNode) | undefined;
  /** What it does. */
  children: ReactNode;
};

/** What a dialog asks elsewhere, on a page. */
export function ConfirmForm<Value>(props: ConfirmFormProps<Value>) {
  const { action, fields, typeToConfirm, renderDone, children, isDanger = true, ...shell } = props;
  const form = useForm(action);
  if (renderDone && form.state.status === 'ok') return renderDone(form.state.value);
  const hidden = Object.entries(renderDone ? fields : { ...fields, leave: 'true' });
  return (
    <PageForm form={form} isDanger={isDanger} {...shell}>
      {hidden.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      {typeToConfirm !== undefined && (
        <TextField
          label={`Type ${typeToConfirm} to confirm`}
          name="typedName"
          spellCheck={false}
          autoCapitalize="none"
          error={fieldError(form.state, 'typedName')}
        />
      )}
    </PageForm>
  );
}
