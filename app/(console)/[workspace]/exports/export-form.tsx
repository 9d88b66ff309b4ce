'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useRef, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { buttonClasses } from '@/components/ui/button-style';
import { FilterChip } from '@/components/ui/chip';
import { Combobox } from '@/components/ui/combobox';
import { Field, FieldNote } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { useToast } from '@/components/ui/toast';
import { formError } from '@/lib/entry/action-state';
import { useCommand } from '../../../use-command';
import { timeZoneOptions } from '../../time-zone-options';
import { WORKSPACE_FIELD } from '../posted-form';
import { createExportAction, postExport } from './actions';
import { ExportDays } from './export-days';
import { formatOf, readFields, SEVERAL } from './exports-fields';
import { type ExportsParams, exportsHref, exportsQuery } from './exports-params';
import { FORMAT_WORDS, STATUS_WORDS } from './exports-words';

type ExportFormProps = {
  slug: string;
  params: ExportsParams;
  /** As the fields show them. */
  days: { first: string; last: string };
  zone: string;
  /** When the page was read. */
  now: Date;
  owners: readonly string[];
  tags: readonly string[];
  models: readonly string[];
  endpoints: readonly string[];
  /** Of the keys that the address names. */
  keyNames: readonly string[];
  /** Sent without scripts, the form had no effect. */
  wasRefused: boolean;
  /** Why no file can be made now. NULL: one can. */
  refusal: string | null;
  /** What the file will hold, above the button. */
  summary: ReactNode;
};

/** What is to be made. Every change goes to the address, so that what the file would hold is seen before it is made. */
export function ExportForm(props: ExportFormProps) {
  const query = new URLSearchParams(exportsQuery({ ...props.params, page: 1 })).toString();
  const [asked, setAsked] = useState(query);
  const [shown, setShown] = useState({ query, version: 0 });
  // An address that this form did not ask for, such as that of an earlier export, fills the fields anew.
  if (shown.query !== query) setShown({ query, version: query === asked ? shown.version : shown.version + 1 });
  return <Fields key={shown.version} {...props} onAsk={setAsked} />;
}

function Fields(props: ExportFormProps & { onAsk: (query: string) => void }) {
  const { slug, params, days, zone, now, keyNames, wasRefused, refusal, summary, onAsk } = props;
  const { owners, tags, models, endpoints } = props;
  const router = useRouter();
  const { show } = useToast();
  const form = useRef<HTMLFormElement>(null);
  const [isAsking, startAsking] = useTransition();
  const [format, setFormat] = useState(params.format);
  const { state, isPending, run } = useCommand(createExportAction.bind(null, slug));
  const error = formError(state) ?? (wasRefused && state.status === 'idle' ? 'That had no effect. Try again.' : null);
  const isOfNow = format === 'keys';

  function ask(change: Partial<ExportsParams> = {}) {
    if (!form.current) return;
    const next = { ...readForm(form.current, params), ...change, page: 1 };
    onAsk(new URLSearchParams(exportsQuery(next)).toString());
    startAsking(() => router.replace(exportsHref(slug, next), { scroll: false }));
  }
  return (
    <form
      ref={form}
      action={postExport}
      className="flex flex-col gap-4"
      onChange={() => ask()}
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal !== null) return;
        run(new FormData(event.currentTarget), (name) => show({ title: 'Export created', description: name }));
      }}
    >
      <input type="hidden" name={WORKSPACE_FIELD} value={slug} />
      <input type="hidden" name="query" value={new URLSearchParams(exportsQuery(params)).toString()} />
      <Select
        label="What"
        name="format"
        defaultValue={params.format}
        options={Object.entries(FORMAT_WORDS).map(([value, { label }]) => ({ value, label }))}
        help={FORMAT_WORDS[format].help}
        onChange={(event) => setFormat(formatOf(event.target.value))}
      />
      {format === 'langdock-api-keys' && (
        <Field id="per" label="One row per" isGroup>
          <Segmented
            label="One row per"
            name="per"
            defaultValue={params.isByModel ? 'model' : 'key'}
            options={[
              { value: 'key', label: 'Key' },
              { value: 'model', label: 'Key and model' },
            ]}
            isFullWidth
          />
        </Field>
      )}
      {!isOfNow && (
        <>
          <ExportDays slug={slug} params={params} days={days} zone={zone} now={now} onAsk={ask} />
          <Combobox
            label="Time zone of the days"
            name="zone"
            options={timeZoneOptions()}
            defaultValue={zone}
            onChange={(value) => ask({ zone: value })}
            help="Limits always reset in UTC."
          />
        </>
      )}
      {keyNames.length > 0 && (
        <Field id="keys" label="Keys" isGroup>
          <div>
            <FilterChip
              field="Only"
              value={
                <span className="max-w-44 truncate">
                  {keyNames.length === 1 ? keyNames[0] : `${keyNames.length} keys`}
                </span>
              }
              onRemove={() => ask({ keys: [] })}
            />
          </div>
        </Field>
      )}
      <div className="grid grid-cols-2 gap-3">
        <Choice
          label="Environment"
          name="environment"
          any="Live and test"
          chosen={params.environment}
          options={['live', 'test']}
          words={(value) => (value === 'live' ? 'Live' : 'Test')}
        />
        {!isOfNow && (
          <Choice
            label="Status"
            name="status"
            any="Any"
            chosen={params.status}
            options={Object.keys(STATUS_WORDS)}
            words={(value) => STATUS_WORDS[value as keyof typeof STATUS_WORDS] ?? value}
          />
        )}
        <Choice label="Owner" name="owner" any="Any" chosen={params.owner} options={owners} />
        <Choice label="Tag" name="tag" any="Any" chosen={params.tag} options={tags} />
        {!isOfNow && (
          <>
            <Choice label="Model" name="model" any="Any" chosen={chosenOf(params.models)} options={models} />
            <Choice
              label="Endpoint"
              name="endpoint"
              any="Any"
              chosen={chosenOf(params.endpoints)}
              options={endpoints}
            />
          </>
        )}
      </div>
      {/* Where no script runs, nothing follows a choice by itself. */}
      <noscript>
        <button type="submit" name="intent" value="preview" className={buttonClasses({ isFullWidth: true })}>
          Show what it holds
        </button>
      </noscript>
      <div aria-busy={isAsking} aria-live="polite" className="border-t border-line pt-4">
        {summary}
      </div>
      {error && <FieldNote id="create-error" error={error} />}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        isFullWidth
        isWorking={isPending}
        disabledReason={isAsking ? null : refusal}
      >
        Create export
      </Button>
      <p className="text-xs text-fg-3">Files stay for 7 days. Secrets are never exported.</p>
    </form>
  );
}

function chosenOf(values: readonly string[]): string | null {
  return values.length > 1 ? SEVERAL : (values[0] ?? null);
}

type ChoiceProps = {
  label: string;
  name: string;
  any: string;
  chosen: string | null;
  options: readonly string[];
  words?: (value: string) => string;
};

function Choice({ label, name, any, chosen, options, words = (value) => value }: ChoiceProps) {
  const all = chosen === null || options.includes(chosen) ? options : [chosen, ...options];
  return (
    <Select
      label={label}
      name={name}
      defaultValue={chosen ?? ''}
      options={[
        { value: '', label: any },
        ...all.map((value) => ({ value, label: value === SEVERAL ? 'Several' : words(value) })),
      ]}
    />
  );
}

function readForm(form: HTMLFormElement, before: ExportsParams): ExportsParams {
  const fields = new FormData(form);
  return readFields((name) => fields.get(name), before);
}
