import type { ReactNode } from 'react';

/** Around a secret that is shown for the only time on a page of its own. */
export function RevealFrame({
  title,
  description,
  children,
}: {
  title: string;
  description: string;
  children: ReactNode;
}) {
  return (
    <section className="overflow-hidden rounded-lg border border-line-strong">
      <div className="px-6 pt-[18px] max-md:px-4">
        <h2 className="text-lg font-semibold tracking-[-0.01em]">{title}</h2>
        <p className="text-fg-2">{description}</p>
      </div>
      {children}
    </section>
  );
}
