import { EmailField } from '@/components/ui/email-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { ROLES } from '@/lib/workspaces/policy';
import { roleWords } from '../../[workspace]/role-words';

export type InviteWorkspace = { readonly id: string; readonly name: string };

type InviteFieldsProps = { workspaces: readonly InviteWorkspace[]; state: ActionState<unknown> };

/** Who, and as what. The fields of a member follow the choice by CSS, so they also do without scripts. */
export function InviteFields({ workspaces, state }: InviteFieldsProps) {
  return (
    <div className="flex flex-col gap-[18px] has-[[name=kind][value=owner]:checked]:[&>.of-member]:hidden">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Name" name="name" maxLength={100} error={fieldError(state, 'name')} />
        <EmailField help="To sign in with." error={fieldError(state, 'email')} />
      </div>
      <RadioCards
        label="May"
        name="kind"
        defaultValue="member"
        options={[
          { value: 'member', label: 'Work in a workspace', help: 'As a viewer, an admin or an owner of it' },
          { value: 'owner', label: 'Own the account', help: 'Owner of every workspace, and of users' },
        ]}
        error={fieldError(state, 'kind')}
      />
      <div className="of-member grid gap-4 sm:grid-cols-2">
        <Select
          label="Workspace"
          name="workspaceId"
          defaultValue={workspaces[0]?.id ?? ''}
          options={[
            ...workspaces.map(({ id, name }) => ({ value: id, label: name })),
            { value: '', label: 'None yet' },
          ]}
          error={fieldError(state, 'workspaceId')}
        />
        <Select
          label="Role"
          name="role"
          defaultValue="viewer"
          options={[...ROLES].reverse().map((role) => ({ value: role, label: roleWords[role].name }))}
          help="Owners of the workspace can change it."
          error={fieldError(state, 'role')}
        />
      </div>
    </div>
  );
}
