import type { ReactNode } from 'react';

type MobileRowProps = {
  title: ReactNode;
  /** Right of the title: the figure of the row. */
  value: ReactNode;
  /** Second line: status, then owner and last use. */
  meta?: ReactNode;
  /** Right of the second line, such as a spark bar. */
  aside?: ReactNode;
  /** Full width below: a meter and its text. */
  below?: ReactNode;
};

export function MobileRow({ title, value, meta, aside, below }: MobileRowProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5">
      <span className="truncate text-md font-medium">{title}</span>
      <span className="text-right text-md font-medium">{value}</span>
      {(meta || aside) && (
        <>
          <span className="flex min-w-0 items-center gap-2 text-xs">{meta}</span>
          <span className="flex items-center justify-end text-xs">{aside}</span>
        </>
      )}
      {below && <div className="col-span-2 pt-[5px]">{below}</div>}
    </div>
  );
}
