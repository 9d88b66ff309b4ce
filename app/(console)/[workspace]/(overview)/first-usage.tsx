import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/ui/button-link';
import { CodeBlock } from '@/components/ui/code-block';
import { CreateKeyButton } from '../keys/create-key-button';
import { API_KEY_VARIABLE, MANAGEMENT_KEY_VARIABLE, recordUsageCurl } from '../keys/usage-examples';

type FirstUsageProps = { slug: string; baseUrl: string; keyCount: number; canWrite: boolean };

/** A workspace without usage: what to do until there is some. Steps that are done say so. */
export function FirstUsage({ slug, baseUrl, keyCount, canWrite }: FirstUsageProps) {
  return (
    <div className="mx-auto w-full max-w-[760px] px-4 py-8 md:px-16 md:py-14">
      <h2 className="text-2xl font-semibold tracking-[-0.025em]">
        {keyCount === 0 ? 'Create a key, then record what it spends' : 'Record the first usage'}
      </h2>
      <p className="mt-1.5 max-w-[58ch] text-md leading-[22px] text-fg-2">
        This page fills itself with the first entry: spend and requests as they happen, what changed, which keys are
        near their limit, and whether the books balance.
      </p>
      <ol className="mt-8 flex flex-col border-t border-line">
        <Step number={1} title="Create a key" isDone={keyCount > 0}>
          <p className="text-fg-2">Give each service its own key, so that it can be limited and rotated alone.</p>
          {keyCount === 0 && (
            <div className="mt-3">
              <CreateKeyButton size="md" />
            </div>
          )}
        </Step>
        <Step number={2} title="Create a management key" isDone={false}>
          <p className="text-fg-2">
            Your service records with it. It never spends, and may be kept to recording alone.
          </p>
          {canWrite && (
            <div className="mt-3">
              <ButtonLink size="md" href={`/${slug}/management-keys`}>
                Management keys
              </ButtonLink>
            </div>
          )}
        </Step>
        <Step number={3} title="Record a request" isDone={false}>
          <p className="mb-3 text-fg-2">
            {`Set ${API_KEY_VARIABLE} and ${MANAGEMENT_KEY_VARIABLE} in a shell, then run this. Sent twice it counts once.`}
          </p>
          <CodeBlock code={recordUsageCurl(baseUrl)} label="Record a request" />
        </Step>
      </ol>
    </div>
  );
}

type StepProps = { number: number; title: string; isDone: boolean; children: ReactNode };

function Step({ number, title, isDone, children }: StepProps) {
  return (
    <li className="flex gap-3 border-b border-line py-5">
      <span
        aria-hidden="true"
        className={`grid size-5 flex-none place-items-center rounded-xs border text-2xs ${isDone ? 'border-ok-line bg-ok-soft text-ok-fg' : 'border-line-strong text-fg-3'}`}
      >
        {isDone ? '✓' : number}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="font-medium">
          {title}
          {isDone && <span className="font-normal text-ok-fg"> · done</span>}
        </h3>
        <div className="mt-1">{children}</div>
      </div>
    </li>
  );
}
