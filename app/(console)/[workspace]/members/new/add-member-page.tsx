'use client';

import { useRouter } from 'next/navigation';
import { FormShell } from '@/components/ui/form-shell';
import { type ActionState, formError } from '@/lib/entry/action-state';
import { useForm } from '../../../../use-form';
import { MemberFields } from '../member-fields';

type AddMemberPageProps = {
  /** Bound to its workspace by the server, so that a form that is posted without scripts finds its state again. */
  action: (previous: ActionState<null>, form: FormData) => Promise<ActionState<null>>;
  workspace: { slug: string; name: string };
};

/** The form on its own page: done or given up, it goes to the list. */
export function AddMemberPage({ action, workspace }: AddMemberPageProps) {
  const { state, isPending, run, post } = useForm(action);
  const router = useRouter();
  return (
    <FormShell
      layout="page"
      action={post}
      onSubmit={(event) => {
        event.preventDefault();
        run(new FormData(event.currentTarget));
      }}
      pending={isPending}
      submitError={formError(state)}
      submitLabel="Add member"
      onCancel={() => router.push(`/${workspace.slug}/members`)}
    >
      <p className="text-fg-2">Somebody with an account here gets into {workspace.name}.</p>
      <input type="hidden" name="leave" value="true" />
      <MemberFields state={state} />
    </FormShell>
  );
}
