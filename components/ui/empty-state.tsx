import type { ReactNode } from 'react';

type EmptyStateProps = {
  icon?: ReactNode;
  title: string;
  /** Why it is so. */
  children?: ReactNode;
  /** One or two small buttons. */
  actions?: ReactNode;
  /** The level of the heading in the page around it. */
  headingLevel?: 2 | 3 | undefined;
};

/** What is true, why, and what to do next. */
export function EmptyState({ icon, title, children, actions, headingLevel = 3 }: EmptyStateProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  return (
    <div className="flex flex-col items-center gap-1.5 px-6 py-8 text-center">
      {icon && (
        <span className="mb-1 grid size-9 place-items-center rounded-lg border border-line text-fg-3">{icon}</span>
      )}
      <Heading className="text-md font-semibold">{title}</Heading>
      {children && <div className="max-w-[42ch] text-balance text-fg-2">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
