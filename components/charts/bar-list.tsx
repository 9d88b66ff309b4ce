import { Link } from '../ui/link';
import { MiddleText } from '../ui/middle-text';

export type BarListRow = {
  id: string;
  name: string;
  href?: string | undefined;
  /** 0 to 1 of the whole, which the bar and the percent show. */
  fraction: number;
  amount: string;
  /** The amount in full. */
  exact?: string | undefined;
  percent: string;
  /** All that is not named: words, and no name of anything. */
  isRest?: boolean | undefined;
};

type BarListProps = {
  label: string;
  /** What the names are: "Endpoint". */
  nameHeading: string;
  amountHeading: string;
  rows: readonly BarListRow[];
  /** The whole. It gets the double rule, so it has to be the exact sum. */
  total: { name: string; amount: string; exact?: string | undefined };
  isMono?: boolean | undefined;
};

/** Shares of a whole as horizontal bars, which are a table too. */
export function BarList({ label, nameHeading, amountHeading, rows, total, isMono }: BarListProps) {
  return (
    <table aria-label={label} className="w-full table-fixed border-separate border-spacing-0">
      <colgroup>
        <col />
        <col className="w-24" />
        <col className="w-16" />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">{nameHeading}</th>
          <th scope="col">{amountHeading}</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>*]:pb-2.5">
        {rows.map(({ id, name, href, fraction, amount, exact, percent, isRest }) => (
          <tr key={id}>
            <th scope="row" className="py-[5px] text-left font-normal">
              {href === undefined ? (
                <MiddleText text={name} isMono={isMono && !isRest} />
              ) : (
                <Link href={href} aria-label={name} className="block rounded-xs hover:underline">
                  <MiddleText text={name} isMono={isMono} />
                </Link>
              )}
              <span
                aria-hidden="true"
                className="block h-1 overflow-hidden rounded-xs bg-track forced-color-adjust-none"
              >
                <i
                  className="block h-full bg-qty-strong"
                  style={{ width: `${Math.min(1, Math.max(0, fraction)) * 100}%` }}
                />
              </span>
            </th>
            <td className="text-right whitespace-nowrap" title={exact}>
              {amount}
            </td>
            <td className="text-right whitespace-nowrap text-fg-3">{percent}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:h-8 [&>*]:border-t [&>*]:border-b-[3px] [&>*]:border-rule [&>*]:[border-bottom-style:double]">
          <th scope="row" className="text-left font-medium">
            {total.name}
          </th>
          <td className="text-right whitespace-nowrap" title={total.exact}>
            {total.amount}
          </td>
          <td className="text-right">100%</td>
        </tr>
      </tfoot>
    </table>
  );
}
