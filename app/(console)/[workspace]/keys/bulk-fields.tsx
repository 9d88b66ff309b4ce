'use client';

import { formatMoment } from '@/components/format/time';
import { Field } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { MoneyField, TextField } from '@/components/ui/text-field';
import { type UsageWindow, windowEnd } from '@/lib/core/time-window';
import { TAG_LENGTH_MAX } from '@/lib/keys/bounds';
import type { BulkVerb, ChangeKind } from './bulk-words';
import { WINDOW_OPTIONS } from './key-words';
import { useKeysPlace } from './keys-place';
import type { ChangeFields } from './use-bulk-change';

/** What a dialog of the bar asks for; a verb that asks for nothing ignores it. */
export interface BulkInput {
  readonly limit: string;
  readonly hasLimit: boolean;
  readonly window: UsageWindow;
  readonly tag: string;
  readonly tagVerb: 'add_tag' | 'remove_tag';
}

export const NO_INPUT: BulkInput = { limit: '', hasLimit: true, window: 'month', tag: '', tagVerb: 'add_tag' };

export function kindOf(verb: BulkVerb, { tagVerb }: BulkInput): ChangeKind {
  return verb === 'tag' ? tagVerb : verb;
}

/** What has to be typed before it can be looked what would change. NULL: nothing more. */
export function missingInput(verb: BulkVerb, { limit, hasLimit, tag }: BulkInput): string | null {
  if (verb === 'set_limit' && hasLimit && limit.trim() === '') return 'Enter an amount first';
  return verb === 'tag' && tag.trim() === '' ? 'Enter a tag first' : null;
}

/** The fields of the form that the server reads. */
export function changeFieldsOf(verb: BulkVerb, input: BulkInput): ChangeFields {
  const kind = kindOf(verb, input);
  if (verb === 'set_limit') return { kind, limit: input.hasLimit ? input.limit : '', window: input.window };
  return verb === 'tag' ? { kind, tag: input.tag } : { kind };
}

type BulkFieldsProps = {
  verb: BulkVerb;
  input: BulkInput;
  onChange: (input: BulkInput) => void;
  errorOf: (field: string) => string | null;
};

export function BulkFields({ verb, input, onChange, errorOf }: BulkFieldsProps) {
  if (verb === 'set_limit') return <LimitInput input={input} onChange={onChange} errorOf={errorOf} />;
  if (verb === 'tag') return <TagInput input={input} onChange={onChange} errorOf={errorOf} />;
  return null;
}

type InputProps = Omit<BulkFieldsProps, 'verb'>;

function LimitInput({ input, onChange, errorOf }: InputProps) {
  const { now } = useKeysPlace();
  const { limit, hasLimit, window } = input;
  const resetsAt = windowEnd(window, now);
  return (
    <>
      <Field id="bulk-limit-kind" isGroup label="Limit">
        <Segmented
          label="Limit"
          name="limitKind"
          isFullWidth
          value={hasLimit ? 'some' : 'none'}
          onChange={(event) => onChange({ ...input, hasLimit: event.target.value === 'some' })}
          options={[
            { value: 'some', label: 'An amount' },
            { value: 'none', label: 'No limit' },
          ]}
        />
      </Field>
      {hasLimit && (
        <div className="grid gap-4 sm:grid-cols-2">
          <MoneyField
            label="Spend limit"
            name="limit"
            value={limit}
            onChange={(event) => onChange({ ...input, limit: event.target.value })}
            help="0 refuses all spending."
            error={errorOf('limit')}
          />
          <Select
            label="Counted"
            labelAside="In UTC"
            name="window"
            options={WINDOW_OPTIONS}
            value={window}
            onChange={(event) => {
              const next = WINDOW_OPTIONS.find(({ value }) => value === event.target.value)?.value;
              if (next) onChange({ ...input, window: next });
            }}
            help={resetsAt ? `Next reset ${formatMoment(resetsAt, now)}.` : 'Never resets.'}
            error={errorOf('window')}
          />
        </div>
      )}
    </>
  );
}

function TagInput({ input, onChange, errorOf }: InputProps) {
  const { tags } = useKeysPlace();
  return (
    <>
      <Field id="bulk-tag-kind" isGroup label="Do">
        <Segmented
          label="Do"
          name="tagVerb"
          isFullWidth
          value={input.tagVerb}
          onChange={(event) =>
            onChange({ ...input, tagVerb: event.target.value === 'remove_tag' ? 'remove_tag' : 'add_tag' })
          }
          options={[
            { value: 'add_tag', label: 'Add a tag' },
            { value: 'remove_tag', label: 'Remove a tag' },
          ]}
        />
      </Field>
      <TextField
        label="Tag"
        name="tag"
        value={input.tag}
        onChange={(event) => onChange({ ...input, tag: event.target.value })}
        maxLength={TAG_LENGTH_MAX}
        spellCheck={false}
        autoComplete="off"
        list="bulk-tags"
        help={tags.length > 0 ? 'Choose one that is in use, or write another.' : 'Such as batch or eu.'}
        error={errorOf('tag')}
      />
      <datalist id="bulk-tags">
        {tags.map(({ tag }) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </>
  );
}
