import type { ReactNode } from 'react';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { TopBar } from '@/components/ui/top-bar';

type FormPageProps = {
  /** The pages that it belongs to, the outermost first. */
  parents: readonly { label: string; href: string }[];
  title: string;
  children: ReactNode;
};

/** A form that is a dialog elsewhere, with an address of its own. */
export function FormPage({ parents, title, children }: FormPageProps) {
  return (
    <>
      <TopBar crumbs={<Breadcrumbs crumbs={parents} current={title} />} />
      <div className="w-full max-w-[668px] px-(--page-x) py-6">{children}</div>
    </>
  );
}

/** One of several forms of such a page. */
export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="not-first:mt-7 not-first:border-t not-first:border-line not-first:pt-6">
      <h2 className="mb-3 font-semibold tracking-[-0.005em] wrap-anywhere">{title}</h2>
      {children}
    </section>
  );
}
