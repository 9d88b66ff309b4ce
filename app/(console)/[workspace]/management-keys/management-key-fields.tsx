import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import type { Scope } from '@/lib/core/call';
import { type ActionState, fieldError } from '@/lib/entry/action-state';
import { EXPIRY_DAYS } from './expiry';
import { scopeWords } from './scope-words';

type ManagementKeyFieldsProps = {
  workspaceName: string;
  /** Those that the maker has, which are all that can be given on. */
  scopes: readonly Scope[];
  /** Whether the maker may make keys of the whole account. */
  canReachAccount: boolean;
  state: ActionState<unknown>;
};

const expiryOptions = [
  { value: '', label: 'Never' },
  ...EXPIRY_DAYS.map((days) => ({ value: days, label: days === '365' ? 'In a year' : `In ${days} days` })),
];

/** What a key is called, what it may do and until when. */
export function ManagementKeyFields({ workspaceName, scopes, canReachAccount, state }: ManagementKeyFieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        name="name"
        maxLength={200}
        placeholder="billing-worker"
        error={fieldError(state, 'name')}
      />
      {canReachAccount && (
        <RadioCards
          label="Reach"
          name="reach"
          defaultValue="workspace"
          options={[
            { value: 'workspace', label: 'This workspace', help: `Only ${workspaceName}` },
            { value: 'account', label: 'Whole account', help: 'Every workspace, also future ones' },
          ]}
        />
      )}
      <Field id="management-key-scopes" label="Scopes" isGroup error={fieldError(state, 'scopes')}>
        <div className="flex flex-col gap-2">
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              name="scopes[]"
              value={scope}
              defaultChecked={scope === 'usage:write'}
              label={<span className="mono">{scope}</span>}
              help={scopeWords[scope]}
            />
          ))}
        </div>
      </Field>
      <Select
        label="Expires"
        name="expiresInDays"
        options={expiryOptions}
        defaultValue=""
        error={fieldError(state, 'expiresInDays')}
      />
    </>
  );
}
