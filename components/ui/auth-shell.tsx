import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { joinClasses } from './class-names';
import { Logo } from './logo';

type AuthShellProps = {
  name?: string | undefined;
  /** Top right of the form side, such as "Step 3 of 4". */
  headerAside?: ReactNode;
  /** Version and who runs it. */
  footer?: ReactNode;
  /** An `AuthPanel` on ruled paper; below 1024px it is left out. */
  panel?: ReactNode;
  isPanelDecorative?: boolean | undefined;
  width?: 360 | 400 | undefined;
  children: ReactNode;
};

const widths = { 360: 'max-w-[360px]', 400: 'max-w-[400px]' };

/** Sign-in and setup: the form at the left, paper with a sheet at the right. */
export function AuthShell({
  name,
  headerAside,
  footer,
  panel,
  isPanelDecorative = true,
  width = 360,
  children,
}: AuthShellProps) {
  return (
    <div className="grid min-h-dvh bg-surface lg:grid-cols-2">
      <div className="flex min-w-0 flex-col px-12 py-8 max-md:px-6 max-md:py-5">
        <header className="flex items-center justify-between gap-4">
          <Logo {...(name ? { name } : {})} />
          {headerAside && <span className="text-xs text-fg-3">{headerAside}</span>}
        </header>
        <main id="content" className={joinClasses('m-auto flex w-full flex-col gap-4 py-8', widths[width])}>
          {children}
        </main>
        <footer className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-fg-3">{footer}</footer>
      </div>
      <div
        aria-hidden={isPanelDecorative || undefined}
        className="ruled-paper flex items-center justify-center overflow-hidden border-l border-line p-8 max-lg:hidden"
      >
        {panel}
      </div>
    </div>
  );
}

export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div>
      <h1 className="text-2xl font-semibold tracking-[-0.025em]">{title}</h1>
      {children && <p className="mt-1 text-fg-2">{children}</p>}
    </div>
  );
}

export function AuthPanel({
  icon,
  title,
  aside,
  children,
}: {
  icon?: ReactNode;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={title}
      className="w-[480px] max-w-full rounded-[12px] border border-line bg-surface px-7 pt-6 pb-7 shadow-popover"
    >
      <div className="mb-3 flex items-center gap-2">
        {icon}
        <h2 className="flex-1 font-semibold">{title}</h2>
        {aside && <span className="text-xs text-fg-3">{aside}</span>}
      </div>
      {children}
    </section>
  );
}

export function OrDivider() {
  return (
    <div className="flex items-center gap-3 text-xs leading-5 text-fg-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      or
    </div>
  );
}

/** Where one is in a row of steps. `current` counts from 0. */
export function Stepper({ steps, current }: { steps: readonly string[]; current: number }) {
  return (
    <ol aria-label="Progress" className="mb-2.5 flex gap-1.5">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === current ? 'step' : undefined} className="min-w-0 flex-1">
          <span
            className={joinClasses(
              'block h-[3px] rounded-xs',
              index < current ? 'bg-fg' : index === current ? 'bg-accent' : 'bg-track',
            )}
          />
          <span
            className={joinClasses(
              'mt-1.5 flex items-center gap-1 truncate text-xs',
              index === current ? 'font-medium' : 'text-fg-3',
            )}
          >
            {index < current && <Check size={12} strokeWidth={2.5} aria-label="Done:" className="flex-none" />}
            {step}
          </span>
        </li>
      ))}
    </ol>
  );
}
