import { EmailField } from '@/components/ui/email-field';
import { RadioCards } from '@/components/ui/radio-cards';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { ROLES, type Role } from '@/lib/workspaces/policy';
import { roleWords } from '../role-words';

/** Who gets in, and as what. */
export function MemberFields({ state }: { state: ActionState<unknown> }) {
  return (
    <>
      <EmailField help="Owners of the account create accounts, under Users." error={fieldError(state, 'email')} />
      <RoleField defaultValue="viewer" />
    </>
  );
}

export function RoleField({ defaultValue }: { defaultValue: Role }) {
  return (
    <RadioCards
      label="Role"
      name="role"
      columns={1}
      defaultValue={defaultValue}
      options={[...ROLES]
        .reverse()
        .map((role) => ({ value: role, label: roleWords[role].name, help: roleWords[role].help }))}
    />
  );
}
