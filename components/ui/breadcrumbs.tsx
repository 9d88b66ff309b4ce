import { Fragment } from 'react';
import { Link } from './link';

/** The way to the page; the last crumb is the page itself and its h1. */
export function Breadcrumbs({
  crumbs,
  current,
}: {
  crumbs: ReadonlyArray<{ label: string; href: string }>;
  current: string;
}) {
  return (
    <nav aria-label="Breadcrumbs" className="flex min-w-0 items-center gap-1 text-md font-semibold tracking-[-0.01em]">
      {crumbs.map((crumb) => (
        <Fragment key={crumb.href}>
          <Link
            href={crumb.href}
            className="flex-none rounded-sm px-1 py-[3px] font-medium text-fg-3 hover:bg-hover hover:text-fg"
          >
            {crumb.label}
          </Link>
          <span aria-hidden="true" className="font-normal text-fg-disabled">
            /
          </span>
        </Fragment>
      ))}
      <h1 aria-current="page" className="truncate px-1" title={current}>
        {current}
      </h1>
    </nav>
  );
}
