'use client';

import { Check, Copy, Download, TriangleAlert } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { ButtonLink } from './button-link';
import { Checkbox } from './checkbox';
import { DialogBody, DialogFooter } from './dialog';
import { LeadsTo, opening } from './leads-to';
import { Segmented } from './segmented';
import { useCopy } from './use-copy';

export type SecretForm = { id: string; label: string /** The secret already stands in it. */; text: string };

type SecretRevealProps = {
  secret: string;
  /** How many characters at the start and the end are not secret, and therefore dimmed. */
  prefixLength: number;
  checksumLength: number;
  /** How the secret looks from now on, such as `kl_live_9Hc4…1c96`. */
  hint: string;
  /** Other forms to paste, such as a line of `.env`. */
  forms?: readonly SecretForm[] | undefined;
  download?: { fileName: string; text: string } | undefined;
  /** What the secret may do: a `DefinitionList`. */
  facts?: ReactNode;
  acknowledgement: string;
  acknowledgementHelp?: string | undefined;
  context?: ReactNode;
  /** Left of Done, such as "Create another". It is gated like Done. */
  secondary?: { label: string; onClick: () => void } | undefined;
  onDone: () => void;
  /** Where Done leads where no script runs; it asks for no acknowledgement then. */
  doneHref?: string | undefined;
  /** Give it to the dialog as `initialFocusRef`: the focus starts on Copy. */
  copyRef?: RefObject<HTMLButtonElement | null> | undefined;
};

/** Body and footer of the dialog that shows a secret for the only time. Copy is the primary until it was used, then Done. */
export function SecretReveal(props: SecretRevealProps) {
  const {
    secret,
    prefixLength,
    checksumLength,
    hint,
    forms = [],
    download,
    facts,
    context,
    secondary,
    onDone,
    doneHref,
    copyRef,
  } = props;
  const [formId, setFormId] = useState('secret');
  const [isStored, setIsStored] = useState(false);
  const [wasTaken, setWasTaken] = useState(false);
  const { state, copy } = useCopy(true);
  const form = forms.find((one) => one.id === formId);
  const reason = isStored ? null : 'First confirm that you have stored the secret';
  const Icon = state === 'copied' ? Check : state === 'failed' ? TriangleAlert : Copy;

  async function copyShown() {
    if (await copy(form?.text ?? secret)) setWasTaken(true);
  }
  return (
    <>
      <DialogBody>
        {forms.length > 0 && (
          <div>
            <Segmented
              label="Show as"
              name="secret-form"
              size="sm"
              value={formId}
              onChange={(event) => setFormId(event.target.value)}
              options={[
                { value: 'secret', label: 'Secret' },
                ...forms.map((one) => ({ value: one.id, label: one.label })),
              ]}
            />
          </div>
        )}
        <div className="-mt-0.5 flex items-center gap-2.5 rounded-md border border-line-control bg-sunken py-3 pr-3 pl-3.5 font-mono">
          <section aria-label="Secret" className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere select-all">
            {form ? (
              form.text
            ) : (
              <SecretText secret={secret} prefixLength={prefixLength} checksumLength={checksumLength} />
            )}
          </section>
          <Button
            ref={copyRef}
            variant={wasTaken && isStored ? 'outline' : 'primary'}
            size="sm"
            className="font-sans"
            icon={<Icon size={14} strokeWidth={1.9} aria-hidden="true" />}
            onClick={() => void copyShown()}
          >
            {state === 'copied' ? 'Copied' : 'Copy'}
          </Button>
        </div>
        <p role="status" className={state === 'failed' ? '-mt-3 text-xs text-danger-fg' : 'sr-only'}>
          {state === 'failed' && 'This browser refused to copy. Select the secret and copy it by hand.'}
          {state === 'copied' && 'Copied'}
        </p>
        <div className="-mt-4 flex flex-wrap items-center gap-x-4 text-xs text-fg-3">
          <span>
            Later you will recognise it as <span className="mono text-fg-2">{hint}</span>
          </span>
          <span className="flex-1" />
          {download && (
            <ButtonLink
              href={`data:text/plain;charset=utf-8,${encodeURIComponent(download.text)}`}
              download={download.fileName}
              variant="ghost"
              size="sm"
              icon={<Download size={14} strokeWidth={1.9} aria-hidden="true" />}
              onClick={() => setWasTaken(true)}
            >
              {`Download ${download.fileName}`}
            </ButtonLink>
          )}
        </div>
        {facts}
        <Checkbox
          isBoxed
          label={props.acknowledgement}
          help={props.acknowledgementHelp}
          checked={isStored}
          onChange={(event) => setIsStored(event.target.checked)}
        />
      </DialogBody>
      <DialogFooter context={context}>
        {secondary && (
          <Button disabledReason={reason} onClick={secondary.onClick}>
            {secondary.label}
          </Button>
        )}
        <Done
          variant={wasTaken || isStored ? 'primary' : 'outline'}
          disabledReason={reason}
          href={doneHref}
          onDone={onDone}
        />
      </DialogFooter>
    </>
  );
}

type DoneProps = Pick<ButtonProps, 'variant' | 'disabledReason'> & { href: string | undefined; onDone: () => void };

function Done({ href, onDone, ...button }: DoneProps) {
  if (href === undefined) {
    return (
      <Button {...button} onClick={onDone}>
        Done
      </Button>
    );
  }
  return (
    <LeadsTo href={href}>
      <Button {...button} {...opening(onDone)}>
        Done
      </Button>
    </LeadsTo>
  );
}

function SecretText({
  secret,
  prefixLength,
  checksumLength,
}: {
  secret: string;
  prefixLength: number;
  checksumLength: number;
}) {
  const end = Math.max(prefixLength, secret.length - checksumLength);
  return (
    <>
      <span className="text-fg-3">{secret.slice(0, prefixLength)}</span>
      {secret.slice(prefixLength, end)}
      <span className="text-fg-3">{secret.slice(end)}</span>
    </>
  );
}
