import { ButtonLink } from '@/components/ui/button-link';
import { CopyButton } from '@/components/ui/copy-button';
import { CreateKeyButton } from './create-key-button';
import { API_KEY_VARIABLE, checkKeyCurl, MANAGEMENT_KEY_VARIABLE, recordUsageCurl } from './usage-examples';

type FirstRunProps = { slug: string; baseUrl: string; canWrite: boolean };

const GHOST_WIDTHS = [120, 96, 140, 88, 112, 104];

/** A workspace without keys: what to do here, and what the service does then. */
export function FirstRun({ slug, baseUrl, canWrite }: FirstRunProps) {
  return (
    <div className="grid flex-1 grid-cols-[minmax(0,1fr)] content-start xl:grid-cols-[minmax(0,1fr)_minmax(444px,38%)] xl:content-stretch">
      <section className="mx-auto w-full max-w-[720px] px-4 py-8 md:px-16 md:py-[72px]">
        <h2 className="text-2xl font-semibold tracking-[-0.025em]">Create your first key</h2>
        <p className="mt-1.5 max-w-[56ch] text-md leading-[22px] text-fg-2">
          Give each service its own key. You will see what it spends, stop it at a limit, and rotate it without losing
          its history.
        </p>
        <div className="mt-5 flex flex-wrap gap-2">
          <CreateKeyButton size="md" />
        </div>
        <GhostRows />
      </section>
      <NextCalls slug={slug} baseUrl={baseUrl} canWrite={canWrite} />
    </div>
  );
}

/** The shape of the list to come. */
function GhostRows() {
  return (
    <div aria-hidden="true" className="mt-9 border-t border-line">
      {GHOST_WIDTHS.map((width, index) => (
        <div
          key={width}
          className="flex h-11 items-center gap-4 border-b border-line"
          style={{ opacity: 1 - index * 0.15 }}
        >
          <span className="size-3.5 rounded-xs bg-track" />
          <span className="h-2 rounded-full bg-track" style={{ width }} />
          <span className="flex-1" />
          <span className="h-2 w-[90px] rounded-full bg-track max-md:hidden" />
          <span className="h-2 w-[54px] rounded-full bg-track" />
        </div>
      ))}
    </div>
  );
}

function NextCalls({ slug, baseUrl, canWrite }: FirstRunProps) {
  const steps = [
    {
      title: 'Ask what the key may spend',
      text: `Answers with its limit, what is used and what remains. Set ${API_KEY_VARIABLE} to the key’s secret first.`,
      code: checkKeyCurl(baseUrl),
    },
    {
      title: 'Record what it cost',
      text: `Safe to retry: the same idempotency key counts once. Set ${MANAGEMENT_KEY_VARIABLE} to a management key first.`,
      code: recordUsageCurl(baseUrl),
    },
  ];
  return (
    <aside
      aria-label="Then, from your service"
      className="min-w-0 border-line px-4 py-7 max-xl:border-t md:px-7 xl:border-l"
    >
      <h3 className="font-semibold">Then, from your service</h3>
      <ol className="mt-4 flex flex-col gap-[22px]">
        {steps.map(({ title, text, code }, index) => (
          <li key={title}>
            <div className="flex items-center gap-2">
              <span className="grid size-[18px] flex-none place-items-center rounded-xs border border-line-strong text-2xs text-fg-3">
                {index + 1}
              </span>
              <b className="flex-1 font-medium">{title}</b>
              <CopyButton text={code} label="Copy" />
            </div>
            <div className="mt-1 md:ml-[26px]">
              <p className="mb-2 text-xs text-pretty wrap-anywhere text-fg-2">{text}</p>
              <section
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
                tabIndex={0}
                aria-label={title}
                className="overflow-x-auto rounded-md border border-line bg-sunken"
              >
                <pre className="px-3.5 py-3 text-2xs leading-5 text-fg-2">
                  <code>{code}</code>
                </pre>
              </section>
            </div>
          </li>
        ))}
      </ol>
      <div className="mt-6 flex flex-wrap gap-2">
        {canWrite && (
          <ButtonLink size="sm" href={`/${slug}/management-keys`}>
            Create a management key
          </ButtonLink>
        )}
        <ButtonLink size="sm" variant="ghost" href="/reference">
          Read the API reference
        </ButtonLink>
      </div>
    </aside>
  );
}
