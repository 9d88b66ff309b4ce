import { CopyButton } from './copy-button';

/** Text to run or paste, with a copy button. Long lines scroll inside it. */
export function CodeBlock({ code, label, copyLabel = 'Copy' }: { code: string; label: string; copyLabel?: string }) {
  return (
    <div className="flex items-start rounded-md border border-line bg-sunken max-md:flex-col-reverse max-md:items-stretch">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto rounded-md py-3 pl-3.5 max-md:flex-none max-md:pt-0 max-md:pr-3.5"
      >
        <pre className="text-xs leading-5 text-fg-2">
          <code>{code}</code>
        </pre>
      </section>
      <div className="flex flex-none justify-end p-1.5">
        <CopyButton text={code} label={copyLabel} variant="outline" />
      </div>
    </div>
  );
}
