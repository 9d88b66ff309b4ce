import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

type ErrorPanelProps = {
  title: string;
  /** What happened and what still works. */
  children?: ReactNode;
  /** Try again first, then Copy details. */
  actions?: ReactNode;
  /** Request id and time, to give to whoever runs the server. */
  reference?: string | undefined;
  headingLevel?: 2 | 3 | undefined;
};

/** One panel failed; the others keep working. */
export function ErrorPanel({ title, children, actions, reference, headingLevel = 2 }: ErrorPanelProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div role="alert" className="flex flex-col items-center gap-1.5 px-6 py-8 text-center">
      <CircleAlert size={20} strokeWidth={1.75} className="text-danger" aria-hidden="true" />
      <Heading className="text-md font-semibold">{title}</Heading>
      {children && <div className="max-w-[42ch] text-balance text-fg-2">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
      {reference && <p className="mono mt-1 text-2xs wrap-anywhere text-fg-3">{reference}</p>}
    </div>
  );
}

/** The whole page failed, or is not there. */
export function ErrorPage({
  code,
  title,
  children,
  actions,
}: {
  code: string;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="grid min-h-[60vh] place-items-center">
      <div className="flex flex-col items-center gap-1.5 px-6 py-8 text-center">
        <p className="mono text-xs text-fg-3">{code}</p>
        <h1 className="text-md font-semibold">{title}</h1>
        {children && <div className="max-w-[52ch] text-balance text-fg-2">{children}</div>}
        {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
      </div>
    </div>
  );
}
